/**
 * Every setting: one record a key, in the order of the file. The file's parser, the environment variables, `mtr config
 * show`, `mtr config init`, `mtr help environment` and the man page are derived from it.
 */
import { SOURCE_NAMES } from "../../model/mod.ts";
import type { Setting, ValueOf } from "./setting.ts";

export const COLOR_CHOICES = ["auto", "always", "never"] as const;
export const HEAT_CHOICES = ["mean", "p95", "max"] as const;

export const SETTINGS = {
  "data_dir": {
    type: { kind: "folder" },
    default: null,
    unset: "$XDG_DATA_HOME/mtr, else ~/.local/share/mtr",
    help: "where the recordings are",
    example: `"~/metrics"`,
  },
  "record.source": {
    type: { kind: "choices", of: SOURCE_NAMES },
    default: null,
    unset: "mactop on macOS, native on Linux",
    help: "what to record from; of several the first wins",
    example: `["native"]`,
  },
  "record.url": {
    type: { kind: "url" },
    default: null,
    unset: "this machine",
    help: "the exporter to scrape",
    example: `"http://localhost:9100/metrics"`,
  },
  "record.port": {
    type: { kind: "port" },
    default: 8888,
    help: "mactop's port on this machine",
  },
  "record.interval": {
    type: { kind: "duration", shortest: "100ms", longest: "1h" },
    default: "1s",
    help: "time between samples",
  },
  "record.series_interval": {
    type: { kind: "duration", shortest: "100ms", longest: "1h" },
    default: "10s",
    help: "time between samples of labelled metrics: per core, disk, sensor",
  },
  "record.fsync": {
    type: { kind: "duration", shortest: "0s", longest: "1h" },
    default: "5s",
    help: "at most this much can be lost in a power cut",
  },
  "analyze.metrics": {
    type: { kind: "metrics" },
    default: null,
    unset: "CPU, GPU, RAM and swap",
    help: "which metrics a report is about",
    example: `["cpu_pct", "ram_pct", "total_watts"]`,
  },
  "analyze.heat": {
    type: { kind: "choice", of: HEAT_CHOICES },
    default: "mean",
    help: "what the cells of heatmaps show",
  },
  "display.color": {
    type: { kind: "choice", of: COLOR_CHOICES },
    default: "auto",
    help: "colour; auto is on terminals only",
  },
  "display.ascii": {
    type: { kind: "flag" },
    default: false,
    help: "ASCII only, whatever the locale says",
  },
  "llm.base_url": {
    type: { kind: "url" },
    default: "http://localhost:11434/v1",
    help: "OpenAI-compatible endpoint that --summary asks; the default is Ollama on this machine",
  },
  "llm.model": {
    type: { kind: "text" },
    default: "llama3.2",
    help: "the model that writes the summary",
  },
  "llm.api_key_file": {
    type: { kind: "file" },
    default: null,
    unset: "no key, or the one in $MTR_LLM_API_KEY",
    help: "file that holds the endpoint's key; the key itself is never written here",
    example: `"~/.config/mtr/llm.key"`,
  },
  "llm.allow_host_name": {
    type: { kind: "flag" },
    default: false,
    help: "whether the endpoint may learn this machine's name",
  },
  "retention.keep_rows": {
    type: { kind: "duration", shortest: "1d" },
    default: null,
    unset: "for ever",
    help: "mtr prune removes days of samples and series that are older",
    example: `"400d"`,
  },
  "retention.keep_rollups": {
    type: { kind: "duration", shortest: "1d" },
    default: null,
    unset: "for ever",
    help: "mtr prune removes rollups that are older",
    example: `"3650d"`,
  },
  "retention.max_size": {
    type: { kind: "size" },
    default: null,
    unset: "no limit",
    help: "mtr prune removes the oldest days above this size of the data folder",
    example: `"5GB"`,
  },
} as const satisfies Readonly<Record<string, Setting>>;

export type SettingKey = keyof typeof SETTINGS;

/** Keys in the order of the table. */
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** Every setting's value: frozen, units in milliseconds and bytes, null where not set. */
export type Settings =
  & { readonly [K in Exclude<SettingKey, "data_dir">]: ValueOf<(typeof SETTINGS)[K]> }
  // Its default depends on the environment, but there always is one.
  & { readonly data_dir: string };

/** What the tables of a file are for, as a comment above them. */
export const SECTIONS: Readonly<Record<string, string>> = {
  record: "mtr record",
  analyze: "mtr analyze",
  display: "everything that is printed",
  llm: "mtr analyze --summary",
  retention: "mtr prune; nothing is ever removed without it",
};

/** The environment variable of a setting: `record.interval` → `MTR_RECORD_INTERVAL`. */
export function variableOf(key: SettingKey): string {
  return `MTR_${key.replaceAll(".", "_").toUpperCase()}`;
}
