/** Space on file systems: which ones from `/proc/mounts`, how full from statfs(2). Only when series are wanted. */
import { statfsSync } from "node:fs";
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";

export interface Space {
  readonly totalBytes: number;
  readonly usedBytes: number;
}

/** Space of the file system mounted there; undefined when it does not say. */
export type SpaceOf = (mountPoint: string) => Space | undefined;

/** Local ones that keep data. A network one may hang for minutes, the rest (tmpfs, squashfs, …) cannot fill up. */
const KEPT_TYPES = new Set(
  "ext2 ext3 ext4 xfs btrfs zfs f2fs bcachefs jfs reiserfs nilfs2 ntfs ntfs3 fuseblk exfat vfat hfsplus apfs"
    .split(" "),
);
/** Small, constant and never the question; containers mount single files of the host below /etc. */
const SKIPPED_MOUNT =
  /^\/(boot\/efi|efi|boot\/firmware|etc\/.*|var\/lib\/(docker|containers)\/.*)$/;

export function createFileSystems(proc: KernelFiles, spaceOf: SpaceOf = spaceByStatfs): Collector {
  return {
    name: "file systems",
    collect(draft, { wantSeries }) {
      if (!wantSeries) return;
      for (const mountPoint of parseMountPoints(proc.readOnce("mounts") ?? "")) {
        const space = spaceOf(mountPoint);
        draft.putSeries("fs_used_bytes", mountPoint, space?.usedBytes);
        draft.putSeries("fs_total_bytes", mountPoint, space?.totalBytes);
      }
    },
  };
}

/** One mount point a device, the first (bind mounts and btrfs subvolumes repeat it), and `/` whatever it is. */
export function parseMountPoints(text: string): string[] {
  const byDevice = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [device, mountPoint, type] = line.split(" ");
    if (!device || !mountPoint || !type || byDevice.has(device)) continue;
    if (countsAsFileSystem(mountPoint, type)) byDevice.set(device, unescapeMountPoint(mountPoint));
  }
  return [...new Set(byDevice.values())];
}

/** Whether a file system can fill up with somebody's data. */
export function countsAsFileSystem(mountPoint: string, type: string): boolean {
  return mountPoint === "/" || KEPT_TYPES.has(type) && !SKIPPED_MOUNT.test(mountPoint);
}

/** Spaces and the like are written as octal bytes: `/mnt/my\040disk`. */
function unescapeMountPoint(text: string): string {
  return text.replaceAll(
    /\\([0-7]{3})/g,
    (_, octal) => String.fromCharCode(Number.parseInt(octal, 8)),
  );
}

function spaceByStatfs(mountPoint: string): Space | undefined {
  try {
    const { bsize, blocks, bfree } = statfsSync(mountPoint);
    if (!(blocks > 0)) return undefined;
    return { totalBytes: blocks * bsize, usedBytes: (blocks - bfree) * bsize };
  } catch {
    // Unmounted since, or not for us to see.
    return undefined;
  }
}
