/**
 * CSV files of 3rd-Musketeer/mactop-report: `mactop_data_YYYY-MM-DD.csv` (6 columns) and those of its first prototype,
 * mactop_monitor.py (11 columns). Times are local, without a zone.
 */
import type { MetricId } from "../../model/mod.ts";
import { ReadingDraft } from "../../sources/mod.ts";
import type { ImportFormat, ReaderContext } from "../import_format.ts";
import { GIBIBYTE, putScrapedGpu, putScrapedPower } from "../mactop_figures.ts";
import { parseTimestamp } from "../timestamp.ts";
import { columnsOf, csvReader, type CsvRow, headerIn } from "./csv_reader.ts";

export const NO_VALUES =
  "lines without values: mactop-report asked mactop for names that it does not have";
export const NOT_READY = "mactop had no data yet";
export const UNCLEAR_MEMORY =
  "memory is in a unit that its size does not tell: not imported (a CSV with --map can say the factor)";

/** No Mac has more memory than this many GiB, and none has as few bytes. */
const MOST_GIBIBYTES = 4096;
const LEAST_BYTES = 2 ** 28;

export const mactopReport: ImportFormat = {
  name: "mactop-report",
  title: "mactop-report CSV",
  recognises(head) {
    const columns = columnsOf(headerIn(head));
    return ["timestamp", "cpu_usage_percent", "memory_used"].every((name) => columns.has(name));
  },
  createReader(context) {
    return csvReader(context.sink, {
      begins: () => true,
      row: (row) => readRow(row, context),
    });
  },
};

function readRow(row: CsvRow, { sink, clock }: ReaderContext): void {
  const time = parseTimestamp(row.text("timestamp"));
  if (time === null) throw new SyntaxError(`timestamp ${row.text("timestamp")} is not a time`);
  const moment = clock.momentOf(time);
  const draft = new ReadingDraft();
  draft.put("cpu_pct", row.number("cpu_usage_percent"));
  putScrapedGpu(draft, row.number("gpu_usage_percent"), row.number("gpu_freq_mhz"));
  const total = row.number("memory_total");
  putMemory(draft, row, total);
  putScrapedPower(draft, {
    cpu: row.number("power_cpu"),
    gpu: row.number("power_gpu"),
    total: row.number("power_total"),
  });
  const reading = draft.finish();
  if (Object.keys(reading.values).length === 0 && reading.notes.length === 0) {
    return sink.leftOut(NO_VALUES);
  }
  // Without memory mactop was starting: its other figures are zeros that mean nothing.
  if (total === 0) return sink.leftOut(NOT_READY);
  sink.sample(row.line, { ...moment, reading });
}

/** The prototype wrote mactop's GiB; later files hold what a stand-in for mactop served. The total tells the unit. */
function putMemory(draft: ReadingDraft, row: CsvRow, total: number | undefined): void {
  const figures: readonly (readonly [MetricId, number | undefined])[] = [
    ["ram_total_bytes", total],
    ["ram_used_bytes", row.number("memory_used")],
    ["swap_total_bytes", row.number("memory_swap_total")],
    ["swap_used_bytes", row.number("memory_swap_used")],
  ];
  if (!figures.some(([, value]) => value)) return;
  const unit = total === undefined ? undefined : unitBytes(total);
  if (unit === undefined) return draft.note(UNCLEAR_MEMORY);
  for (const [id, value] of figures) draft.put(id, value, unit);
}

function unitBytes(total: number): number | undefined {
  if (total > 0 && total <= MOST_GIBIBYTES) return GIBIBYTE;
  return total >= LEAST_BYTES ? 1 : undefined;
}
