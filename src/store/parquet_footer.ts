/**
 * The little that has to be known of a Parquet file without DuckDB: whether it is whole, and the last sequence number
 * that was folded into it. The recorder asks this, and it never loads DuckDB.
 */
import { Buffer } from "node:buffer";
import type { Disk } from "../platform/mod.ts";

/** Key of the file's metadata under which fold keeps the last sequence number. */
export const LAST_SEQ_KEY = "mtr_last_seq";

const MAGIC = "PAR1";
/** Length of the footer (4 bytes, little endian), then the magic. */
const TAIL_BYTES = 8;
/** Read at once: most files' whole footer and tail. */
const END_BYTES = 32_768;

const NOTHING = { bytes: 0, writtenMs: 0, head: new Uint8Array(), tail: new Uint8Array() };

/** A whole file's footer and when the file was written, or why there is none. */
export type Footer =
  | { readonly whole: true; readonly bytes: Uint8Array; readonly writtenMs: number }
  | { readonly whole: false; readonly problem: string };

export type FooterCheck =
  | { readonly whole: true; readonly lastSeq: number | null; readonly check: string }
  | { readonly whole: false; readonly problem: string };

/**
 * Looks at a file's two ends. `lastSeq` is null for a Parquet file that mtr did not write; `check` tells versions of a file
 * apart.
 */
export function checkFooter(disk: Disk, path: string): FooterCheck {
  const footer = readFooter(disk, path);
  if (!footer.whole) return footer;
  const digits = footerText(footer.bytes, LAST_SEQ_KEY);
  const lastSeq = digits !== null && /^\d+$/.test(digits) ? Number(digits) : null;
  return { whole: true, lastSeq, check: checkOf(footer.bytes) };
}

/** FNV-1a. A footer has the number of rows, and of each column its size and extremes. */
function checkOf(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16);
}

export function readFooter(disk: Disk, path: string): Footer {
  const ends = disk.readEnds(path, MAGIC.length, END_BYTES) ?? NOTHING;
  const { bytes: size, writtenMs, head, tail: end } = ends;
  if (size < MAGIC.length + TAIL_BYTES) return broken(`${size} bytes are too few`);
  const tail = end.subarray(-TAIL_BYTES);
  if (latin1(head) !== MAGIC) return broken("it does not begin as Parquet");
  if (latin1(tail.subarray(4)) !== MAGIC) return broken("its end is missing");
  const footerBytes = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (footerBytes > size - TAIL_BYTES - MAGIC.length) return broken("its footer is damaged");
  const footer = footerBytes + TAIL_BYTES <= end.length
    ? end.subarray(-footerBytes - TAIL_BYTES, -TAIL_BYTES)
    : disk.readBytes(path, size - TAIL_BYTES - footerBytes, footerBytes);
  return { whole: true, bytes: footer, writtenMs };
}

/**
 * The value of a key in the file's metadata; null where there is none.
 *
 * The footer is Thrift's compact protocol, in which a string is its length and its bytes, and the value of a pair
 * follows its key: `… mtr_last_seq 0x18 <length> <value> 0x00`.
 */
export function footerText(footer: Uint8Array, key: string): string | null {
  const bytes = Buffer.from(footer.buffer, footer.byteOffset, footer.byteLength);
  const at = bytes.indexOf(key, 0, "latin1");
  if (at < 0 || bytes[at + key.length] !== 0x18) return null;
  let position = at + key.length + 1;
  let length = 0;
  // The length: seven bits a byte, the lowest first, the eighth bit says that more follow.
  for (let shift = 0; shift < 28; shift += 7) {
    const byte = bytes[position++] ?? 0;
    length += (byte & 0x7f) << shift;
    if (byte < 0x80) return bytes.toString("utf8", position, position + length);
  }
  return null;
}

function broken(problem: string): { whole: false; problem: string } {
  return { whole: false, problem };
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
