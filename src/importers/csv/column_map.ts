/** `--map 'time=Timestamp,cpu_pct=cpu*100'`: which column of a CSV is what. */
import { findMetric, METRICS, nearestWord, UsageError } from "../../model/mod.ts";

/** What is not a metric. */
export const TIME = "time";
export const FACT_TARGETS = [TIME, "host", "interval_s", "utc_offset_min"] as const;

export interface MappedColumn {
  /** A metric's id, or one of the facts. */
  readonly target: string;
  readonly column: string;
  /** What the column's numbers are multiplied by to be in the metric's unit. */
  readonly factor: number;
}

export type ColumnMap = readonly MappedColumn[];

/** Factors that have names. */
const UNITS: Readonly<Record<string, number>> = {
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
  kB: 1e3,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
};

const EXAMPLE = [
  "for example: --map 'time=Timestamp, cpu_pct=cpu*100, ram_used_bytes=\"Mem (GiB)\"*GiB'",
  "left of = stand time, host and metrics (mtr metrics), right of it columns, times or by a number or unit",
];
const PAIR = /^\s*(\w+)\s*=\s*(?:"((?:[^"]|"")*)"|([^"*/]+?))\s*((?:[*/]\s*[\w.]+\s*)*)$/;
const STEP = /([*/])\s*([\w.]+)/g;

/** @throws {UsageError} for what is no mapping, for unknown metrics, and without a time */
export function parseColumnMap(text: string): ColumnMap {
  const map = splitPairs(text).map(parsePair);
  if (!map.some(({ target }) => target === TIME)) {
    throw new UsageError(`--map ${text}: no column is the time`, EXAMPLE);
  }
  const twice = map.find(({ target }, i) => map.findIndex((of) => of.target === target) < i);
  if (twice) throw new UsageError(`--map ${text}: ${twice.target} is mapped twice`, EXAMPLE);
  return map;
}

/** Commas within quotes do not count. */
function splitPairs(text: string): string[] {
  return text.match(/(?:"[^"]*"|[^,"])+/g)?.filter((pair) => pair.trim() !== "") ?? [];
}

function parsePair(pair: string): MappedColumn {
  const match = PAIR.exec(pair);
  if (!match) throw new UsageError(`--map ${pair.trim()}: not a mapping`, EXAMPLE);
  const [, target = "", quoted, bare = "", steps = ""] = match;
  refuseUnknown(target);
  let factor = 1;
  for (const [, sign, amount = ""] of steps.matchAll(STEP)) {
    const number = UNITS[amount] ?? Number(amount);
    if (!Number.isFinite(number) || number === 0) {
      throw new UsageError(`--map ${pair.trim()}: ${amount} is not a number`, EXAMPLE);
    }
    factor = sign === "*" ? factor * number : factor / number;
  }
  return { target, column: quoted?.replaceAll('""', '"') ?? bare.trim(), factor };
}

function refuseUnknown(target: string): void {
  if ((FACT_TARGETS as readonly string[]).includes(target) || findMetric(target)) return;
  const nearest = nearestWord(target, [...FACT_TARGETS, ...METRICS.map(({ id }) => id)]);
  throw new UsageError(
    `--map ${target}=…: no metric called \`${target}\`` +
      (nearest ? `; did you mean ${nearest}?` : ""),
    ["all metrics: mtr metrics"],
  );
}
