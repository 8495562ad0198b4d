import type { TableData } from "../../src/report/tables.ts";
import type { Figure } from "./budgets.ts";
import type { Result } from "./interleave.ts";

/** What one part of the benchmark found: figures for the budgets, and tables of whoever ran beside mtr. */
export interface PartResult {
  readonly figures: readonly Figure[];
  readonly tables: readonly SideBySide[];
}

export interface SideBySide {
  readonly title: string;
  readonly data: TableData;
  /** The same in full precision, for `--json`. */
  readonly results: readonly object[];
}

/** A figure that could not be measured, and why. */
export function unknown(name: string, reason: string): Figure {
  return { name, value: null, detail: reason };
}

/** One contender's time as a ratio to another's; without a value where either is missing or failed. */
export function timeRatio(name: string, of: Result | undefined, to: Result | undefined): Figure {
  const missing = [of, to].find((result) => result === undefined || result.failed !== undefined);
  if (missing?.failed !== undefined) return unknown(name, missing.failed);
  if (!of || of.failed !== undefined) return unknown(name, "mtr was not run");
  if (!to || to.failed !== undefined) return unknown(name, "nothing to compare with is installed");
  return {
    name,
    value: of.wallS / to.wallS,
    detail: `${seconds(of.wallS)} against ${seconds(to.wallS)}`,
  };
}

/** One contender's peak memory in MB (10^6 bytes… as the kernel's MiB: design §7 counts so). */
export function peakRss(name: string, of: Result | undefined): Figure {
  if (!of) return unknown(name, "mtr was not run");
  if (of.failed !== undefined) return unknown(name, of.failed);
  if (of.peakRssBytes === null) return unknown(name, "this system does not tell");
  return { name, value: mebibytes(of.peakRssBytes), detail: "" };
}

/** Wall time, its ratio to the base, CPU time and peak memory of each contender. */
export function sideBySide(title: string, results: readonly Result[], base: string): SideBySide {
  const to = results.find(({ name }) => name === base);
  const rows = results.map((result) => {
    if (result.failed !== undefined) return [result.name, null, null, null, null, result.failed];
    const ratio = to && to.failed === undefined ? result.wallS / to.wallS : null;
    return [
      result.name,
      seconds(result.wallS),
      ratio?.toFixed(2) ?? null,
      result.cpuS === null ? null : seconds(result.cpuS),
      result.peakRssBytes === null ? null : mebibytes(result.peakRssBytes).toFixed(0),
      null,
    ];
  });
  const hasFailed = rows.some((row) => row.at(-1) !== null);
  const columns = [
    { name: "contender", type: "VARCHAR" },
    { name: "wall", type: "DOUBLE" },
    { name: `× ${base}`, type: "DOUBLE" },
    { name: "CPU", type: "DOUBLE" },
    { name: "peak RSS MiB", type: "DOUBLE" },
    { name: "failed", type: "VARCHAR" },
  ];
  const shown = hasFailed ? columns : columns.slice(0, -1);
  return {
    title,
    data: { columns: shown, rows: rows.map((row) => row.slice(0, shown.length)) },
    results,
  };
}

export function mebibytes(bytes: number): number {
  return bytes / 2 ** 20;
}

export function seconds(value: number): string {
  return `${value.toFixed(3)} s`;
}
