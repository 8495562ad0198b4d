/** What figures that others scraped from mactop mean, where they no longer say from which version. */
import type { ReadingDraft } from "../sources/mod.ts";

/** mactop's `memory_gb` are GiB. */
export const GIBIBYTE = 2 ** 30;

const PACKAGE_TOLERANCE_WATTS = 2e-3;
export const UNCLEAR_TOTAL =
  "the total power is that of the chip in mactop up to 0.2.4 and of the machine from 0.2.5 on; which one these files have is not known: not recorded";

/** Watts of CPU, GPU and both or all; scrapers write 0 for what they did not find. */
export interface ScrapedPower {
  readonly cpu: number | undefined;
  readonly gpu: number | undefined;
  readonly total: number | undefined;
}

/** A CPU that runs takes power: three zeros are none. A total that is CPU + GPU is the chip's in any version. */
export function putScrapedPower(draft: ReadingDraft, { cpu, gpu, total }: ScrapedPower): void {
  if (!cpu && !gpu) return;
  draft.put("cpu_watts", cpu);
  draft.put("gpu_watts", gpu);
  if (!total) return;
  if (Math.abs(total - (cpu ?? 0) - (gpu ?? 0)) <= PACKAGE_TOLERANCE_WATTS) {
    draft.put("package_watts", total);
  } else draft.note(UNCLEAR_TOTAL);
}

/** GPU use and clock; 0 MHz is true of an idle GPU only. */
export function putScrapedGpu(
  draft: ReadingDraft,
  pct: number | undefined,
  mhz: number | undefined,
): void {
  draft.put("gpu_pct", pct);
  if (mhz !== 0 || pct === 0) draft.put("gpu_mhz", mhz);
}
