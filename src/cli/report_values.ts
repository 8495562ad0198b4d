/** Values of options that reports share. */
import { type Metric, reportableMetric, UsageError } from "../model/mod.ts";

const NARROWEST = 40;

/** `cpu_pct,total_watts`. @throws {UsageError} for none, and for metrics that do not exist */
export function parseMetrics(text: string): Metric[] {
  const ids = text.split(",").map((id) => id.trim()).filter((id) => id !== "");
  if (ids.length === 0) {
    throw new UsageError("--metrics names no metric", ["all metrics: mtr metrics"]);
  }
  return [...new Set(ids)].map(reportableMetric);
}

/** @throws {UsageError} for what is no number, or too narrow for any report */
export function parseWidth(text: string): number {
  const width = Number(text);
  if (Number.isInteger(width) && width >= NARROWEST) return width;
  throw new UsageError(`--width ${text}: too narrow or not a number`, [
    `at least ${NARROWEST} columns`,
  ]);
}
