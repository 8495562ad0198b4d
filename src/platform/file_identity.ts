/** Which file or folder a path leads to. A recorder asks before every row, so that none is written to a file that is gone. */
import { libc } from "./libc.ts";

/** One text for a file, whatever names it has. */
export function identityOf({ dev, ino }: Pick<Deno.FileInfo, "dev" | "ino">): string {
  return `${dev}:${ino}`;
}

const AT_FDCWD = -100;
const STATX_INO = 0x100;
/** `struct statx`, which is the same on all of Linux: positions in 4 bytes each. */
const INO_LOW = 8, INO_HIGH = 9, DEV_MAJOR = 34, DEV_MINOR = 35;
const status = new Uint32Array(64);
const statusBytes = new Uint8Array(status.buffer);
const encoder = new TextEncoder();
let pathBytes = new Uint8Array(1024);

/**
 * What `identityOf` says of a path's `Deno.statSync`, at a third of its cost; null where the C library does not tell, because
 * there is no such file or for whatever other reason.
 */
export function quickIdentity(path: string): string | null {
  if (Deno.build.os !== "linux") return null;
  // A zero inside would end the path for the C library.
  if (path.includes("\0")) return null;
  if (path.length * 3 >= pathBytes.length) pathBytes = new Uint8Array(path.length * 3 + 1);
  pathBytes[encoder.encodeInto(path, pathBytes).written] = 0;
  const { statx } = libc();
  if (!statx || statx(AT_FDCWD, pathBytes, 0, STATX_INO, statusBytes) !== 0) return null;
  const at = (position: number) => status[position] ?? 0;
  const ino = at(INO_HIGH) * 2 ** 32 + at(INO_LOW);
  return identityOf({ dev: deviceNumber(at(DEV_MAJOR), at(DEV_MINOR)), ino });
}

/** `makedev(3)`: the number that `stat(2)` gives for the two that `statx(2)` gives. */
function deviceNumber(major: number, minor: number): number {
  const lowMajor = major & 0xfff;
  const lowMinor = minor & 0xff;
  // Not shifted, because shifts have 32 bits.
  return lowMinor + lowMajor * 2 ** 8 + (minor - lowMinor) * 2 ** 12 +
    (major - lowMajor) * 2 ** 32;
}
