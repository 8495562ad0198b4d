/** Disk traffic from `/proc/diskstats` (Linux: Documentation/admin-guide/iostats.rst), whole disks only. */
import type { Collector } from "./collector.ts";
import { CounterMeter, type Counts } from "./counters.ts";
import { DeviceFilter } from "./device_filter.ts";
import type { KernelFiles } from "./kernel_files.ts";

/** Sectors of diskstats have this size whatever the disk's own is. */
const SECTOR_BYTES = 512;
/** The kernel writes major, minor and name with "%4d %7d %s". */
const NAME_COLUMN = 13;
/** Volatile, layered on other disks, or not a disk: their traffic is none, or counted already. */
const NEVER_A_DISK = /^(loop|ram|zram|dm-|md|sr|fd)\d/;
const WHOLE_DISK_NAME = /^((sd|vd|xvd|hd)[a-z]+|(nvme\d+n|mmcblk|nbd|rbd)\d+)$/;

export function createDisks(proc: KernelFiles, sys: KernelFiles): Collector {
  const meter = new CounterMeter();
  const filter = new DeviceFilter({
    // What has a device behind it is hardware, or looks like it to this machine; a path of a multipath NVMe is hidden.
    isPreferred: (name) =>
      !NEVER_A_DISK.test(name) && sys.exists(`block/${name}/device`) &&
      sys.readOnce(`block/${name}/hidden`) !== "1",
    isPossible: (name) => WHOLE_DISK_NAME.test(name),
  });
  return {
    name: "disks",
    discover: () => filter.forget(),
    collect(draft, { monotonicMs }) {
      const disks = filter.choose(parseDiskStats(proc.read("diskstats") ?? "", filter.mayCount));
      const total = meter.growth(disks, monotonicMs)?.total;
      draft.put("disk_read_ops_per_s", total?.[0]);
      draft.put("disk_read_bytes_per_s", total?.[1]);
      draft.put("disk_write_ops_per_s", total?.[2]);
      draft.put("disk_write_bytes_per_s", total?.[3]);
    },
  };
}

/** Per block device: reads, bytes read, writes, bytes written. */
export function parseDiskStats(
  text: string,
  isWanted: (name: string) => boolean = () => true,
): Counts {
  const disks = new Map<string, readonly number[]>();
  for (const line of text.split("\n")) {
    const columns = line.slice(NAME_COLUMN).split(" ");
    const [name = "", reads, , sectorsRead, , writes, , sectorsWritten] = columns;
    if (NEVER_A_DISK.test(name) || !isWanted(name)) continue;
    const counters = [
      Number(reads),
      SECTOR_BYTES * Number(sectorsRead),
      Number(writes),
      SECTOR_BYTES * Number(sectorsWritten),
    ];
    if (counters.every(Number.isFinite)) disks.set(name, counters);
  }
  return disks;
}
