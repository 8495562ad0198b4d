/** Saved output of `mactop --headless`, 0.2.5 to 2.1.5: NDJSON or the array of `--count`, `--pretty` or not. */
import { parseHeadless } from "../../sources/mod.ts";
import type { ImportFormat } from "../import_format.ts";
import { jsonReader, momentIn } from "./json_reader.ts";

export const mactopHeadless: ImportFormat = {
  name: "mactop",
  title: "mactop --headless",
  recognises: (head) => /^[\s[,]*\{/.test(head) && head.includes('"soc_metrics"'),
  createReader(context) {
    let isFirst = true;
    return jsonReader(context, (object, line) => {
      const result = parseHeadless(object, { isFirst, wantSeries: true });
      isFirst = false;
      if (result.state === "failed") return context.sink.problem(line, result.reason);
      if (result.state === "not_ready") return context.sink.leftOut(result.reason);
      const moment = momentIn(object, "timestamp", { line, ownZone: true, context });
      if (moment) context.sink.sample(line, { ...moment, reading: result.reading });
    });
  },
};
