/** Load averages, as the kernel computes them: `/proc/loadavg`. */
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { numberOf } from "./numbers.ts";

export function createLoad(proc: KernelFiles): Collector {
  return {
    name: "load",
    collect(draft) {
      const [one, five, fifteen] = parseLoad(proc.read("loadavg") ?? "");
      draft.put("load1", one);
      draft.put("load5", five);
      draft.put("load15", fifteen);
    },
  };
}

/** Over 1, 5 and 15 minutes. */
export function parseLoad(text: string): readonly (number | undefined)[] {
  return text.split(" ", 3).map(numberOf);
}
