import { Option } from "@commander-js/extra-typings";
import type { RangeOptions } from "../analysis/mod.ts";

/** The time options of every command that is about a range; what they give is `TypedRange`. */
export function rangeOptions(): Option[] {
  return [
    new Option("--today", "the local day so far"),
    new Option("--yesterday", "the local day before"),
    new Option("--week", "the 7 local days that end today, or with the day of --until"),
    new Option("--month", "the 30 local days that end today, or with the day of --until"),
    new Option("--year", "the 365 local days that end today, or with the day of --until"),
    new Option(
      "--since <time>",
      "from: today, yesterday, mon, 3h ago, 7d, 2026-11-22, 2026-11-22T14:30",
    ),
    new Option("--until <time>", "to, in the same words; a day is meant whole"),
    new Option("--start-date <date>", "first local day"),
    new Option("--end-date <date>", "last local day (default: the first)"),
  ];
}

/** Options of a command together with those of its range. */
export type WithRange<Options> = Options & RangeOptions;
