import { Database } from "../database.ts";
import { isReadable } from "../is_readable.ts";
import { DAY_ROLLUPS, MONTH_ROLLUPS, type RollupKind } from "./kinds.ts";
import type { RollupMonth } from "./rollup_files.ts";

/**
 * Of months whose footers are whole, those whose values can be read: slow, and only done after a question failed. What sums a
 * month up is not needed.
 */
export async function readableMonths(months: readonly RollupMonth[]): Promise<RollupMonth[]> {
  using database = await Database.open();
  const areReadable = async (month: RollupMonth, kinds: readonly { kind: RollupKind }[]) => {
    for (const { kind } of kinds) {
      if (!await isReadable(database, month.paths[kind])) return false;
    }
    return true;
  };
  const readable: RollupMonth[] = [];
  for (const month of months) {
    if (!await areReadable(month, DAY_ROLLUPS)) continue;
    const isSound = month.isSound && await areReadable(month, MONTH_ROLLUPS);
    readable.push({ ...month, isSound });
  }
  return readable;
}
