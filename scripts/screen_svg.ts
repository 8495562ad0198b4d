/** Writes docs/report.svg: the README's picture of the report that `mtr demo` ends with. Needed when reports change their looks. */
import { join } from "node:path";
import { analyze, resolveRange } from "../src/analysis/mod.ts";
import { makeDemo } from "../src/demo/mod.ts";
import { PRIMARY_METRIC_IDS, reportableMetric } from "../src/model/mod.ts";
import { narrate } from "../src/narration/mod.ts";
import { localDisk } from "../src/platform/mod.ts";
import { renderScreenSvg } from "../src/report/mod.ts";
import { renderTerminal } from "../src/report/screen.ts";
import { DataFolder } from "../src/store/mod.ts";

const COLUMNS = 112;
/** The end of a Sunday, so that the week is whole. */
const NOW_MS = Date.parse("2026-11-22T23:00:00Z");
const TIME_ZONE = "Europe/Berlin";
/** The days that the report shows, and one before: they do not depend on earlier ones. */
const DAYS = 8;

if (import.meta.main) {
  const file = join(import.meta.dirname ?? ".", "..", "docs", "report.svg");
  Deno.writeTextFileSync(file, await demoPicture());
}

/** The picture. The same on every run: the moment, the zone and the seed are fixed. */
export async function demoPicture(): Promise<string> {
  const path = Deno.makeTempDirSync({ prefix: "mtr-picture-" });
  try {
    return renderScreenSvg(await demoScreen(path), {
      command: "mtr demo",
      columns: COLUMNS,
      description:
        "A week of a made-up laptop in a terminal of 112 columns: statistics of CPU, GPU, RAM and swap on the left, " +
        "a heatmap by weekday and hour of each on the right, and sentences that say what stands out.",
    });
  } finally {
    Deno.removeSync(path, { recursive: true });
  }
}

async function demoScreen(path: string): Promise<string> {
  const folder = new DataFolder(path, localDisk);
  await makeDemo(folder, {
    days: DAYS,
    intervalMs: 10_000,
    seed: 1,
    nowMs: NOW_MS,
    timeZone: TIME_ZONE,
    onDay() {},
  });
  const report = await analyze(folder, {
    range: resolveRange({ week: true }, NOW_MS - 1, TIME_ZONE),
    metrics: PRIMARY_METRIC_IDS.map(reportableMetric),
    heatStatistic: "mean",
    withP95: false,
    exact: false,
    columns: COLUMNS,
    nowMs: NOW_MS,
    recorderPid: null,
  });
  const options = { width: COLUMNS, color: "truecolor", now: NOW_MS } as const;
  return renderTerminal(report, narrate(report), options);
}
