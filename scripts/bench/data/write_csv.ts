import { join } from "node:path";
import { Database, type DataFolder, quoteText } from "../../../src/store/mod.ts";
import { localDisk } from "../../../src/platform/mod.ts";
import { dateOf } from "./bench_data.ts";
import { GENERATED_COLUMNS } from "./generated_columns.ts";

/** The rows of a store as CSV, a file a day, for what reads nothing else. Returns the folder above `csv/`. */
export async function writeCsv(folder: DataFolder, days: number): Promise<string> {
  const top = `${folder.path}-csv`;
  localDisk.makeFolder(join(top, "csv"));
  using database = await Database.open();
  for (let day = 0; day < days; day++) {
    const target = join(top, "csv", `${dateOf(day)}.csv`);
    if (localDisk.fileSize(target) !== undefined) continue;
    const [host] = localDisk.list(folder.dataset("samples"));
    const rows = join(
      folder.dataset("samples"),
      host?.name ?? "",
      `date=${dateOf(day)}`,
      "rows.parquet",
    );
    await database.run(csvSql(rows, `${target}.part`));
    localDisk.rename(`${target}.part`, target);
  }
  return top;
}

/** Only the columns of a Mac, as mactop-report has them. */
function csvSql(rows: string, target: string): string {
  const columns = Object.keys(GENERATED_COLUMNS).join(", ");
  return `COPY (SELECT strftime(ts, '%Y-%m-%dT%H:%M:%S') AS timestamp, ${columns}
    FROM read_parquet(${quoteText(rows)})) TO ${quoteText(target)} (HEADER)`;
}
