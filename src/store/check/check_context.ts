import { relative } from "node:path";
import type { DataFolder } from "../../journal/mod.ts";
import type { Database } from "../database.ts";
import type { DayFile, Listing } from "../listing.ts";
import type { Finding, FindingKind, Repair } from "./finding.ts";

/** What the parts of a check share. */
export interface CheckContext {
  readonly folder: DataFolder;
  readonly database: Database;
  readonly listing: Listing;
  /** The first day that may still get rows. */
  readonly openFrom: string;
  /** Day files that are read whole, and whose rollups are derived anew to compare. */
  readonly sampled: ReadonlySet<DayFile>;
  /** Called for each file that has been looked at. */
  readonly onFile: () => void;
}

/** What a finding says, and what repair does. */
export type Told = Pick<Finding, "what" | "consequence" | "remedy"> & {
  readonly repair?: Repair;
};

/** A finding about a file of the folder. */
export function problem(
  { folder }: CheckContext,
  kind: FindingKind,
  path: string,
  { repair, ...told }: Told,
): Finding {
  return {
    severity: "problem",
    kind,
    file: relative(folder.path, path),
    ...told,
    repair: repair ?? null,
  };
}

export function note(
  context: CheckContext,
  kind: FindingKind,
  path: string,
  told: Told,
): Finding {
  return { ...problem(context, kind, path, told), severity: "note" };
}

/** `1 row`, `12 rows`. */
export function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? "" : "s"}`;
}
