/** Are day files whole, of today's columns, and do they hold their day's rows once and in order? */
import { dirname } from "node:path";
import { DATASETS, messageOf } from "../../model/mod.ts";
import type { DayFile } from "../listing.ts";
import { isReadable } from "../is_readable.ts";
import { mayBeDamage } from "../may_be_damage.ts";
import { type CheckContext, count, problem } from "./check_context.ts";
import { checkRows, checkValues, readTimes } from "./check_rows.ts";
import { checkSchema, readSchema } from "./check_schema.ts";
import type { Finding } from "./finding.ts";

export interface DayFileCheck {
  readonly findings: readonly Finding[];
  readonly rows: number;
}

export async function checkDayFiles(context: CheckContext): Promise<DayFileCheck> {
  const findings = tornFiles(context);
  let rows = 0;
  for (const file of context.listing.files) {
    const checked = await checkSafely(context, file);
    findings.push(...checked.findings);
    rows += checked.rows;
    context.onFile();
  }
  return { findings: summed(findings), rows };
}

function tornFiles(context: CheckContext): Finding[] {
  const { folder, listing } = context;
  return listing.damaged.filter(({ path }) => dirname(path) !== folder.journal)
    .map(({ path, problem: what }) => lostDay(context, "file.torn", path, what));
}

/** Nothing of the file can be read, or not all of it. */
function lostDay(
  context: CheckContext,
  kind: "file.torn" | "file.damaged",
  path: string,
  what: string,
): Finding {
  const [, dataset = "", host = "", date = ""] =
    /([^/]+)\/host=([^/]+)\/date=([^/]+)\/rows\.parquet$/.exec(path) ?? [];
  return problem(context, kind, path, {
    what,
    consequence: `the ${dataset} of ${date} can't be read; other days can`,
    remedy: "moves it to quarantine" +
      (dataset === "samples" ? "; where the day is rolled up, reports answer it from that" : ""),
    repair: { do: "set day aside", path, day: { dataset, host, date } },
  });
}

async function checkSafely(context: CheckContext, file: DayFile): Promise<DayFileCheck> {
  try {
    return await checkDayFile(context, file);
  } catch (error) {
    if (!mayBeDamage(error)) throw error;
    const what = messageOf(error).split("\n")[0] ?? "";
    return { findings: [lostDay(context, "file.damaged", file.path, what)], rows: 0 };
  }
}

async function checkDayFile(context: CheckContext, file: DayFile): Promise<DayFileCheck> {
  const { database, sampled } = context;
  const schema = await readSchema(database, file.path);
  const dataset = DATASETS[file.dataset];
  const findings = [...checkSchema(context, file, schema)];
  const lost = [...dataset.order, "utc_offset_min"].filter((name) => !schema.has(name));
  if (lost.length > 0) {
    const what = `it has no column ${lost.join(", ")}`;
    return { findings: [lostDay(context, "file.damaged", file.path, what)], rows: 0 };
  }
  // Times of another type can't be looked at; that they are is told already.
  const times = await readTimes(database, file).catch((error) => {
    if (messageOf(error).startsWith("Binder Error")) return null;
    throw error;
  });
  if (!times) return { findings, rows: 0 };
  findings.push(...await checkRows(context, file, times));
  if (sampled.has(file)) {
    if (!await isReadable(database, file.path)) {
      const what = "a part of its values can't be read";
      return { findings: [lostDay(context, "file.damaged", file.path, what)], rows: 0 };
    }
    findings.push(...await checkValues(context, file, schema));
  }
  return { findings, rows: times.with_time };
}

/** After a metric was added every older file lacks it: one note says so as well as a thousand. */
function summed(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = findings.filter(({ kind }) => kind === "schema.missing");
  if (!first || others.length === 0) return [...findings];
  const rest = findings.filter(({ kind }) => kind !== "schema.missing");
  return [...rest, {
    ...first,
    what: `${first.what}; so do ${count(others.length, "other file")}`,
  }];
}
