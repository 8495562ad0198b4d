/** Settings of the file and the environment, as the defaults of options: where the command line is silent, they speak. */
import type { Command } from "@commander-js/extra-typings";
import { isAnythingSet, type SettingKey, type Settings, settingsAtNeed } from "../config/mod.ts";
import type { Io } from "./io.ts";

/** Fills an option of a command from the settings; what gives `null` is left as it is. */
interface Wire {
  readonly option: string;
  readonly value: (settings: Settings) => unknown;
  /** Options which, given on the command line, make the setting meaningless. */
  readonly unless?: readonly string[];
}

const from = (option: string, key: SettingKey, unless: readonly string[] = []): Wire => ({
  option,
  value: (settings) => settings[key],
  unless,
});

const DATA_DIR = from("dataDir", "data_dir");
/** Of every report: what a machine's owner looks at. */
const METRICS: Wire = {
  option: "metrics",
  value: (settings) => settings["analyze.metrics"]?.join(",") ?? null,
};

/** By command; every other command takes the data folder only. */
const WIRES: Readonly<Record<string, readonly Wire[]>> = {
  record: [
    DATA_DIR,
    // `mtr record --url …` is meant as a whole: a source of the file would contradict it, and the other way round.
    from("source", "record.source", ["url"]),
    from("url", "record.url", ["source"]),
    from("port", "record.port"),
    from("interval", "record.interval"),
    from("seriesInterval", "record.series_interval"),
    from("fsync", "record.fsync"),
  ],
  analyze: [DATA_DIR, from("heat", "analyze.heat"), METRICS],
  compare: [DATA_DIR, METRICS],
  // What goes for good is what was asked for: limits on the command line are not widened by those of the file.
  prune: [
    DATA_DIR,
    from("olderThan", "retention.keep_rows", ["maxSize", "rollupsOlderThan"]),
    from("rollupsOlderThan", "retention.keep_rollups", ["olderThan", "maxSize"]),
    from("maxSize", "retention.max_size", ["olderThan", "rollupsOlderThan"]),
  ],
  doctor: [DATA_DIR, from("port", "record.port")],
  demo: [{ option: "dataDir", value: ({ data_dir }) => `${data_dir}-demo` }],
};

/** These have to work, or to explain, when the settings are wrong. */
const WITHOUT = new Set(["config", "help", "completions"]);

export function takeSettings(program: Command, io: Io): void {
  program.hook("preAction", async (_, command) => {
    const name = nameOf(command as unknown as Command);
    // The recorder's own child: an edit that is half done must not stop its folds.
    const isChild = name === "fold" && isTyped(command as unknown as Command, "dataDir");
    if (WITHOUT.has(name) || isChild || !isAnythingSet(io.env)) return;
    const { settings } = (await settingsAtNeed()).loadSettings(io.env);
    io.prefer({ color: settings["display.color"], ascii: settings["display.ascii"] });
    for (const wire of WIRES[name] ?? [DATA_DIR]) {
      fill(command as unknown as Command, wire, settings);
    }
  });
}

function fill(command: Command, { option, value, unless = [] }: Wire, settings: Settings): void {
  const exists = command.options.some((one) => one.attributeName() === option);
  if (!exists || [option, ...unless].some((one) => isTyped(command, one))) return;
  const setting = value(settings);
  if (setting !== null) {
    command.setOptionValueWithSource(option as never, setting as never, "config");
  }
}

function isTyped(command: Command, option: string): boolean {
  return command.getOptionValueSource(option as never) === "cli";
}

/** Of `mtr config show`: `config`. */
function nameOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? nameOf(parent as unknown as Command) : command.name();
}
