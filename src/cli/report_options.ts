/** Options that commands with reports share. */
import { Option } from "@commander-js/extra-typings";
import { type Metric, reportableMetric, UsageError } from "../model/mod.ts";
import { parseTimeZone } from "./time_zone_option.ts";

const NARROWEST = 40;

/** `--metrics cpu_pct,total_watts`. */
export function metricsOption(byDefault: string) {
  return new Option("--metrics <ids>", `which metrics, with commas (default: ${byDefault})`)
    .argParser(parseMetrics);
}

/** `--format`, of which `table` is the default. */
export function formatOption<const Formats extends readonly string[]>(formats: Formats) {
  return new Option("--format <format>", "how to write it").choices(formats)
    .default("table" as const);
}

export function jsonOption() {
  return new Option("--json", "the same as --format json");
}

export function outputOption() {
  return new Option("-o, --output <file>", "write to a file instead of stdout");
}

export function widthOption() {
  return new Option("--width <columns>", "columns to fill (default: the terminal's)")
    .argParser(parseWidth);
}

export function asciiOption() {
  return new Option("--ascii", "ASCII only").default(false as const);
}

/** @param what the zone is used for: `the range and of times` */
export function timeZoneOption(what: string) {
  return new Option("--time-zone <zone>", `zone of ${what}, for example Asia/Kathmandu`)
    .argParser(parseTimeZone);
}

export function hostOption(which = "which machine") {
  return new Option("--host <name>", `${which}, where several are in the data folder`);
}

/** `cpu_pct,total_watts`. @throws {UsageError} for none, and for metrics that do not exist */
function parseMetrics(text: string): Metric[] {
  return metricIds(text).map(reportableMetric);
}

/** Ids with commas, each once. @throws {UsageError} for none */
export function metricIds(text: string): string[] {
  const ids = text.split(",").map((id) => id.trim()).filter((id) => id !== "");
  if (ids.length > 0) return [...new Set(ids)];
  throw new UsageError("--metrics names no metric", ["all metrics: mtr metrics"]);
}

/** @throws {UsageError} for what is no number, or too narrow for any report */
function parseWidth(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= NARROWEST) return width;
  throw new UsageError(`--width ${text}: too narrow or not a number`, [
    `at least ${NARROWEST} columns`,
  ]);
}
