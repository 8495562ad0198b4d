import { dateText, localTime, NoDataError } from "../model/mod.ts";
import { type DataFolder, listDays, rolledOnlyDays, withStore } from "../store/mod.ts";
import type { ChosenHost } from "./choose_host.ts";
import type { ReportRange } from "./report.ts";

/** Says what there is where there is nothing in the range. @throws {NoDataError} always */
export async function nothingInRange(
  folder: DataFolder,
  host: ChosenHost,
  { range }: { readonly range: ReportRange },
): Promise<never> {
  const extent = await withStore(folder, { host: host.id }, async ({ database }) => {
    const [row] = await database.rows<{ first: number | null; last: number | null }>(
      "SELECT min(epoch_ms(ts)) AS first, max(epoch_ms(ts)) AS last FROM stored_samples",
    );
    return row;
  });
  const day = (ms: number) => dateText(localTime(ms, range.timeZone), { year: true });
  const from = day(range.startMs);
  const to = day(range.endMs - 1);
  const asked = from === to ? `on ${from}` : `between ${from} and ${to}`;
  const hints = typeof extent?.first === "number" && typeof extent.last === "number"
    ? [
      `the store begins on ${day(extent.first)} and ends on ${
        day(extent.last)
      }: try mtr analyze --since ${isoDay(extent.first, range.timeZone)}`,
    ]
    : ["the store has no rows yet: is a recording running? mtr status"];
  const rolled = rolledDay(folder, host, range);
  if (rolled !== undefined) {
    throw new NoDataError(`no rows are left ${asked} (${range.timeZone})`, [
      `the rows of ${rolled} are gone (mtr prune); what is left answers for whole days: ` +
      `mtr analyze --start-date ${rolled}`,
    ]);
  }
  throw new NoDataError(`nothing was recorded ${asked} (${range.timeZone})`, hints);
}

/** A day of the range that was recorded, but of which only rollups are left. */
function rolledDay(folder: DataFolder, host: ChosenHost, range: ReportRange): string | undefined {
  return rolledOnlyDays(folder, listDays(folder, "samples"), { host: host.id })
    .find(({ first, last }) => last >= range.startMs && first < range.endMs)?.date;
}

function isoDay(ms: number, timeZone: string): string {
  const { year, month, day } = localTime(ms, timeZone);
  return [year, month, day].map((part) => String(part).padStart(2, "0")).join("-");
}
