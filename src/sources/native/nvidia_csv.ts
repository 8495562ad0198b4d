/** What `nvidia-smi --query-gpu=… --format=csv,noheader,nounits` prints: one line a GPU. */
import type { GpuState } from "./gpus.ts";
import { numberOf, times } from "./numbers.ts";

/** The question, in the order in which `parseNvidiaLine` expects the answers. */
export const NVIDIA_QUERY =
  "index,utilization.gpu,clocks.gr,temperature.gpu,power.draw,memory.used,memory.total";

const BYTES_PER_MIB = 1024 * 1024;

/** One GPU; null for a line that is none. Fields a model lacks read "[N/A]" or "[Not Supported]" and are undefined here. */
export function parseNvidiaLine(line: string): GpuState | null {
  const columns = line.split(",");
  const [index, busyPct, mhz, celsius, watts, memoryUsed, memoryTotal] = columns.map(numberOf);
  if (columns.length !== NVIDIA_QUERY.split(",").length || index === undefined) return null;
  return {
    label: `nvidia${index}`,
    busyPct,
    mhz,
    celsius,
    watts,
    memoryUsedBytes: times(BYTES_PER_MIB, memoryUsed),
    memoryTotalBytes: times(BYTES_PER_MIB, memoryTotal),
  };
}
