/** SmilingPixel/mactop-scraper's `mactop_metrics_part_NNNN.json`: indented arrays of records, 0 where nothing was found. */
import { ReadingDraft } from "../../sources/mod.ts";
import type { ImportFormat } from "../import_format.ts";
import { GIBIBYTE, putScrapedGpu, putScrapedPower } from "../mactop_figures.ts";
import { Fields } from "../fields.ts";
import { jsonReader, momentIn } from "./json_reader.ts";

export const NOT_READY = "mactop had no data yet";

export const mactopScraper: ImportFormat = {
  name: "mactop-scraper",
  title: "mactop-scraper",
  recognises: (head) =>
    /^[\s[,]*\{/.test(head) && head.includes('"cpu_usage_percent"') && head.includes('"memory_gb"'),
  createReader(context) {
    return jsonReader(context, (object, line) => {
      const moment = momentIn(object, "sample_time", { line, ownZone: true, context });
      if (!moment) return;
      const root = new Fields(object);
      const memory = root.inside("memory_gb");
      const total = memory.number("total");
      // Without memory mactop was starting: its other figures are zeros that mean nothing.
      if (!total) return context.sink.leftOut(NOT_READY);
      const draft = new ReadingDraft();
      draft.put("cpu_pct", root.number("cpu_usage_percent"));
      putScrapedGpu(draft, root.number("gpu_usage_percent"), root.number("gpu_freq_mhz"));
      draft.put("ram_total_bytes", total, GIBIBYTE);
      draft.put("ram_used_bytes", memory.number("used") || undefined, GIBIBYTE);
      draft.put("swap_used_bytes", memory.number("swap_used"), GIBIBYTE);
      draft.put("swap_total_bytes", memory.number("swap_total"), GIBIBYTE);
      const power = root.inside("power_watts");
      putScrapedPower(draft, {
        cpu: power.number("cpu"),
        gpu: power.number("gpu"),
        total: power.number("total"),
      });
      context.sink.sample(line, { ...moment, reading: draft.finish() });
    });
  },
};
