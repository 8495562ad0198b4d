import { type Command, Option } from "@commander-js/extra-typings";
import { dataDir, parseDuration } from "../../config/mod.ts";
import { UsageError } from "../../model/mod.ts";
import { localDisk, systemTimeZone } from "../../platform/mod.ts";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";
import { showAnalysis } from "./analyze.ts";

const MOST_DAYS = 1000;
const SHORTEST_INTERVAL_MS = 1000;
const LONGEST_INTERVAL_MS = 3_600_000;

export function declareDemo(program: Command, io: Io): void {
  program.command("demo")
    .summary("make up four weeks of a laptop's life and show their report")
    .description(
      "Writes made-up data into a folder of its own, and shows the report of its last week: what a report " +
        "looks like before there is data of one's own. The same seed gives the same data.",
    )
    .option("--data-dir <dir>", "where to (default: beside the data folder, named …-demo)")
    .option("--days <n>", "how many local days", parseDays, 28)
    .addOption(
      new Option("--interval <time>", "time between samples, 1s to 1h")
        .argParser(parseInterval).default(10_000, "10s"),
    )
    .option("--seed <n>", "another seed, another life", parseSeed, 1)
    .addHelpText(
      "after",
      examples([
        ["mtr demo", "make the data and look at a week of it"],
        ["mtr demo --days 365 --data-dir /tmp/year", "a year, for trying queries"],
      ]),
    )
    .action(async ({ dataDir: dir, days, interval, seed }) => {
      const { makeDemo } = await import("../../demo/mod.ts");
      const { DataFolder } = await import("../../store/mod.ts");
      const { resolveRange } = await import("../../analysis/mod.ts");
      const folder = new DataFolder(
        dir ? dataDir(dir, io.env) : `${dataDir(undefined, io.env)}-demo`,
        localDisk,
      );
      const timeZone = systemTimeZone();
      const nowMs = Date.now();
      await makeDemo(folder, {
        days,
        intervalMs: interval,
        seed,
        nowMs,
        timeZone,
        onDay: (done, all) => {
          if (io.stderr.isTerminal) {
            io.drawStatus(done === all ? "" : `making day ${done} of ${all}`);
          }
        },
      });
      io.note(`made-up data of ${days} days is in ${folder.path}`);
      const lastHour = Math.floor(nowMs / 3_600_000) * 3_600_000;
      const range = resolveRange({ week: true }, lastHour - 1, timeZone);
      await showAnalysis(range, {
        format: "table",
        chart: null,
        ascii: false,
        exact: false,
        heat: "mean",
        dataDir: folder.path,
      }, io);
      io.note(`more of it: mtr analyze --month --data-dir ${folder.path}`);
    });
}

function parseDays(text: string): number {
  const days = Number(text);
  if (Number.isInteger(days) && days >= 1 && days <= MOST_DAYS) return days;
  throw new UsageError(`--days ${text}: not a number of days`, [
    `a whole number from 1 to ${MOST_DAYS}`,
  ]);
}

function parseInterval(text: string): number {
  const interval = parseDuration(text, "--interval");
  if (interval >= SHORTEST_INTERVAL_MS && interval <= LONGEST_INTERVAL_MS) return interval;
  throw new UsageError(`--interval ${text}: out of range`, ["from 1s to 1h"]);
}

function parseSeed(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new UsageError(`--seed ${text}: not a seed`, ["a whole number, for example 7"]);
}
