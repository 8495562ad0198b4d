import { type Command, Option } from "@commander-js/extra-typings";
import { extname, resolve } from "node:path";
import { StoreError, systemReason, UsageError } from "../../model/mod.ts";
import { systemTimeZone } from "../../platform/mod.ts";
import { dataDirOption, examples, existingFolder } from "../command.ts";
import type { Io } from "../io.ts";
import { rangeOptions, type WithRange } from "../range_options.ts";
import { exportedMetrics } from "../exported_metrics.ts";
import { hostOption, outputOption, timeZoneOption } from "../report_options.ts";

const FORMATS = ["csv", "parquet", "jsonlines", "openmetrics"] as const;
type Format = (typeof FORMATS)[number];

/** What a file's name says about what should be in it. */
const BY_EXTENSION: Readonly<Record<string, Format>> = {
  ".csv": "csv",
  ".parquet": "parquet",
  ".jsonl": "jsonlines",
  ".ndjson": "jsonlines",
  ".om": "openmetrics",
  ".prom": "openmetrics",
};

export function declareExport(program: Command, io: Io): void {
  const command = program.command("export")
    .summary("write recorded rows into a file for other programs")
    .description(
      "Writes the rows of a range, of all machines in the data folder, in base units. samples: one row a tick; " +
        "series: one row a value of a core, fan, sensor, file system or interface. openmetrics has one line a " +
        "value of either. Without a range: today.",
    );
  for (const option of rangeOptions()) command.addOption(option);
  command
    .option("--metrics <ids>", "which metrics, with commas (default: all that have values)")
    .addOption(
      new Option("--dataset <name>", "which rows (default: what the metrics are of, else samples)")
        .choices(["samples", "series"]),
    )
    .addOption(
      new Option("--format <format>", "how to write them (default: by the file's name, else csv)")
        .choices(FORMATS),
    )
    .addOption(outputOption())
    .addOption(timeZoneOption("the range"))
    .addOption(hostOption("one machine"))
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr export --week -o week.csv", "the last seven days, for a spreadsheet"],
        ["mtr export --month --metrics cpu_pct,total_watts -o cpu.parquet", "two metrics"],
        ["mtr export --dataset series --week -o cores.parquet", "each core, fan and sensor"],
        ["mtr export --metrics core_pct,fan_rpm", "two of them, today"],
        ["mtr export --format jsonlines | jq .cpu_pct", "today, for programs"],
        ["mtr export --year --format openmetrics -o year.om", "for Prometheus (promtool tsdb …)"],
      ]),
    )
    .action(async (typed) => {
      const what = exportedMetrics(typed);
      const format = typed.format ?? BY_EXTENSION[extname(typed.output ?? "")] ?? "csv";
      const folder = existingFolder(typed, io);
      const { chooseHost, resolveRange } = await import("../../analysis/mod.ts");
      const { exportRows } = await import("../../exporters/mod.ts");
      const range = resolveRange(
        typed as WithRange<typeof typed>,
        Date.now(),
        typed.timeZone ?? systemTimeZone(),
      );
      const host = typed.host === undefined ? undefined : chooseHost(folder, typed.host).id;
      using target = openTarget(typed.output, format);
      const result = await exportRows(folder, { range, host, what, format, path: target.path });
      for (const note of result.notes) io.note(`note: ${note}`);
      target.finish(io);
    });
}

/** A file that is written beside its place, or that is copied to stdout when it is finished. */
interface Target extends Disposable {
  readonly path: string;
  finish(io: Io): void;
}

function openTarget(output: string | undefined, format: Format): Target {
  if (output !== undefined && output !== "-") return fileTarget(resolve(output));
  if (format !== "parquet") return stdoutTarget();
  throw new UsageError("--format parquet needs a file", ["for example: -o samples.parquet"]);
}

function fileTarget(output: string): Target {
  const path = `${output}.part`;
  try {
    Deno.writeFileSync(path, new Uint8Array());
  } catch (error) {
    throw new StoreError(`${output} can't be written: ${systemReason(error)}`, [], {
      cause: error,
    });
  }
  let finished = false;
  return {
    path,
    finish() {
      Deno.renameSync(path, output);
      finished = true;
    },
    [Symbol.dispose]() {
      if (!finished) Deno.removeSync(path);
    },
  };
}

const CHUNK_BYTES = 256 * 1024;

function stdoutTarget(): Target {
  const path = Deno.makeTempFileSync({ prefix: "mtr-export-" });
  return {
    path,
    finish(io) {
      const decoder = new TextDecoder();
      const chunk = new Uint8Array(CHUNK_BYTES);
      using file = Deno.openSync(path);
      for (let n = file.readSync(chunk); n !== null; n = file.readSync(chunk)) {
        io.out(decoder.decode(chunk.subarray(0, n), { stream: true }));
      }
    },
    [Symbol.dispose]: () => Deno.removeSync(path),
  };
}
