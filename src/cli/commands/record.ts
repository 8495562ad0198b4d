import { type Command, Option } from "@commander-js/extra-typings";
import { parseDuration } from "../../config/mod.ts";
import { SOURCE_NAMES, type SourceName, UsageError } from "../../model/mod.ts";
import { dataDirOption, examples } from "../command.ts";
import type { Io } from "../io.ts";

const SHORTEST_INTERVAL_MS = 100;
const LONGEST_INTERVAL_MS = 3_600_000;
export function declareRecord(program: Command, io: Io): void {
  program.command("record")
    .summary("record this machine's metrics until stopped")
    .description(
      "Records metrics into the data folder until it is stopped: Ctrl-C, mtr stop, or --for.\n" +
        "Every sample is on its way to the disk the moment it exists; kill -9 loses none.",
    )
    .addOption(
      new Option(
        "--source <name>",
        "mactop, native or prometheus; may be given more than once, the first wins",
      )
        .choices(SOURCE_NAMES).argParser(collectSource).default(
          [] as SourceName[],
          "mactop on macOS, native on Linux",
        ),
    )
    .option("--url <url>", "scrape this address, and start nothing")
    .option("--port <port>", "mactop's port on this machine", parsePort, 8888)
    .option("--host <name>", "record under this name (for other machines' exporters)")
    .addOption(
      new Option("--interval <time>", "time between samples, 100ms to 1h")
        .argParser((text) => parseInterval(text, "--interval")).default(1000, "1s"),
    )
    .addOption(
      new Option(
        "--series-interval <time>",
        "time between samples of labelled metrics (per core, disk …)",
      )
        .argParser((text) => parseInterval(text, "--series-interval")).default(10_000, "10s"),
    )
    .option("--for <time>", "stop after this time", (text) => parseDuration(text, "--for"))
    .addOption(
      new Option("--fsync <time>", "at most this much can be lost in a power cut")
        .argParser(parseFsync).default(5000, "5s"),
    )
    .option("-q, --quiet", "say nothing but errors", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr record &", "record in the background"],
        ["mtr record --for 10m", "record for ten minutes"],
        [
          "mtr record --url nas:9100 --host nas",
          "record another machine's node_exporter",
        ],
      ]),
    )
    .action(async (typed) => {
      // The recorder is loaded here, so that `mtr --help` need not wait for it.
      const { record } = await import("../record.ts");
      await record({
        ...typed,
        intervalMs: typed.interval,
        seriesIntervalMs: typed.seriesInterval,
        forMs: typed.for,
        fsyncMs: typed.fsync,
      }, io);
    });
}

function collectSource(value: string, previous: SourceName[]): SourceName[] {
  const name = SOURCE_NAMES.find((source) => source === value);
  if (!name) {
    throw new UsageError(`no source called \`${value}\``, [`sources: ${SOURCE_NAMES.join(", ")}`]);
  }
  return previous.includes(name) ? previous : [...previous, name];
}

function parsePort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new UsageError(`--port ${text}: not a port`, ["a port is a whole number from 1 to 65535"]);
}

function parseInterval(text: string, option: string): number {
  const interval = parseDuration(text, option);
  if (interval >= SHORTEST_INTERVAL_MS && interval <= LONGEST_INTERVAL_MS) return interval;
  throw new UsageError(`${option} ${text}: out of range`, ["from 100ms to 1h"]);
}

function parseFsync(text: string): number {
  return parseDuration(text, "--fsync");
}
