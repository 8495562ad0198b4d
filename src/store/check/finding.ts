/** What a check finds: what is wrong, what it means, and what repair does about it. */
import type { DayFile } from "../listing.ts";
import type { RollupKind } from "../rollup/kinds.ts";

/** Stable names, for programs. */
export type FindingKind =
  | "format.old"
  | "info.lost"
  | "info.damaged"
  | "info.copy"
  | "info.host"
  | "info.number"
  | "info.days"
  | "journal.header"
  | "journal.unreadable"
  | "journal.torn"
  | "journal.zeros"
  | "journal.date"
  | "journal.hidden"
  | "journal.doubled"
  | "journal.folded"
  | "file.torn"
  | "file.damaged"
  | "file.foreign"
  | "file.leftover"
  | "file.quarantine"
  | "schema.missing"
  | "schema.type"
  | "schema.unknown"
  | "schema.number"
  | "rows.count"
  | "rows.order"
  | "rows.date"
  | "rows.doubled"
  | "rows.impossible"
  | "rollup.torn"
  | "rollup.damaged"
  | "rollup.stale"
  | "rollup.missing"
  | "rollup.orphan"
  | "rollup.wrong";

/** What repair does. It quarantines, rebuilds and re-derives; it never deletes. */
export type Repair =
  | { readonly do: "fold" }
  | { readonly do: "info" }
  | { readonly do: "set aside"; readonly path: string }
  | { readonly do: "set day aside"; readonly path: string; readonly day: DayName }
  | { readonly do: "rewrite day"; readonly file: DayFile }
  | { readonly do: "name gone days"; readonly host: string; readonly dates: readonly string[] }
  | { readonly do: "unname gone days"; readonly host: string; readonly dates: readonly string[] }
  | { readonly do: "roll up"; readonly days: readonly DayFile[] }
  | { readonly do: "roll up again"; readonly days: readonly DayFile[] }
  | {
    readonly do: "rebuild month";
    readonly host: string;
    readonly month: string;
    /** What is damaged or missing. */
    readonly kinds: readonly RollupKind[];
  };

export interface DayName {
  readonly dataset: string;
  readonly host: string;
  readonly date: string;
}

export interface Finding {
  /** A problem makes the check fail; a note is worth knowing, and ordinary. */
  readonly severity: "problem" | "note";
  readonly kind: FindingKind;
  /** Relative to the data folder. */
  readonly file: string;
  readonly what: string;
  readonly consequence: string;
  /** What `--repair` does about it; where it can do nothing, what a person can. */
  readonly remedy: string;
  readonly repair: Repair | null;
}

/** What was looked at. */
export interface CheckCounts {
  readonly days: number;
  readonly rows: number;
  /** Day files that were read whole, and not only their times. */
  readonly read_whole: number;
  readonly segments: number;
  readonly journal_rows: number;
  readonly rollups: number;
  readonly hosts: number;
}

export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly counts: CheckCounts;
}

export function problemsOf({ findings }: CheckReport): Finding[] {
  return findings.filter(({ severity }) => severity === "problem");
}
