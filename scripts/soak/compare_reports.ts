/** Does a report from rollups say what one from rows says? */
import { type AnalysisReport, analyze } from "../../src/analysis/mod.ts";
import { reportableMetric } from "../../src/model/mod.ts";
import { type DataFolder, listStore } from "../../src/store/mod.ts";
import type { Compared } from "./worker.ts";

const DAY_MS = 86_400_000;
const METRICS = ["cpu_pct", "connections"];

/** Over all days of a host, in a zone in which most of them are whole. */
export async function compareReports(folder: DataFolder, host: string): Promise<Compared> {
  const dates = listStore(folder).files
    .filter((file) => file.dataset === "samples" && file.host === host)
    .map(({ date }) => date).sort();
  const range = {
    startMs: Date.parse(dates[0] ?? "") - DAY_MS,
    endMs: Date.parse(dates.at(-1) ?? "") + 2 * DAY_MS,
    timeZone: "Europe/Berlin",
    resolvedFrom: "soak",
  };
  const report = (exact: boolean) =>
    analyze(folder, {
      ...{ range, host, exact, heatStatistic: "mean", withP95: false, columns: 80 },
      metrics: METRICS.map(reportableMetric),
      ...{ nowMs: range.endMs, recorderPid: null },
    });
  const [rolled, exact] = [await report(false), await report(true)];
  const rolledDays = Number(/(\d+) days? from rollups/.exec(rolled.method)?.[1] ?? 0);
  const found = new Map(flat(comparable(rolled)));
  const differences = flat(comparable(exact)).filter(([name, value]) => found.get(name) !== value)
    .map(([name, value]) =>
      `${host}: ${name} is ${found.get(name)} from rollups, ${value} from rows`
    );
  return { rolledDays, differences };
}

function comparable({ samples, recordedS, notes, metrics }: AnalysisReport) {
  return {
    ...{ samples, recordedS, notes },
    metrics: metrics.map(({ statistics, peak, heatmap }) => ({ statistics, peak, heatmap })),
  };
}

/** Every figure by its path; of sums only the digits that do not depend on the order of adding. */
function flat(value: unknown, path = ""): [path: string, value: unknown][] {
  if (typeof value === "number") return [[path, Number(value.toPrecision(9))]];
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([name, of]) => flat(of, `${path}.${name}`));
}
