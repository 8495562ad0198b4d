import { generationOf, hasMactopSeries } from "../mactop/generation.ts";
import { MactopText } from "../mactop/parse_mactop.ts";
import { STALE_AFTER_MS, ValueWatch } from "../mactop/value_watch.ts";
import type { Exporter } from "./exporter.ts";

/** mactop on another machine, or run by somebody else: read as the mactop source reads it. */
export const mactop: Exporter = {
  recognises: hasMactopSeries,
  createReader() {
    const watch = new ValueWatch(STALE_AFTER_MS);
    let text: MactopText | undefined;
    return {
      describe: (metrics) => `mactop ${generationOf(metrics)?.versions ?? ""}`.trim(),
      read(metrics, { wantSeries, monotonicMs }) {
        if (text?.metrics !== metrics) text = new MactopText(metrics);
        return watch.check(text.read(wantSeries), monotonicMs);
      },
    };
  },
};
