/** Rows on their way into the store, in files by machine, format and day: more than fits into memory can be imported. */
import { join } from "node:path";
import { type DatasetName, messageOf, StoreError } from "../model/mod.ts";

/** Rows of one dataset, in one temporary file of NDJSON. */
export interface StagedDay {
  readonly dataset: DatasetName;
  /** The name of the machine; undefined where the file did not say. */
  readonly host: string | undefined;
  readonly format: string;
  readonly date: string;
  readonly path: string;
  readonly rows: number;
}

interface OpenDay extends StagedDay {
  rows: number;
  readonly lines: string[];
}

/** Lines kept in memory a day. */
const BUFFERED_LINES = 2000;

/** A folder of staged rows; disposing removes it. */
export class Staging implements Disposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "mtr-import-" });
  readonly #days = new Map<string, OpenDay>();

  add(day: Omit<StagedDay, "path" | "rows">, row: object): void {
    const key = `${day.dataset}\0${day.host ?? ""}\0${day.format}\0${day.date}`;
    let open = this.#days.get(key);
    if (!open) {
      const path = join(this.#folder, `${this.#days.size}.ndjson`);
      open = { ...day, path, rows: 0, lines: [] };
      this.#days.set(key, open);
    }
    open.rows++;
    open.lines.push(JSON.stringify(row));
    if (open.lines.length >= BUFFERED_LINES) flush(open);
  }

  /** All that was staged, by day; the formats of a day in the order in which they came. */
  finish(): StagedDay[] {
    for (const day of this.#days.values()) flush(day);
    return [...this.#days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.#folder, { recursive: true });
  }
}

function flush({ path, lines }: OpenDay): void {
  if (lines.length === 0) return;
  try {
    Deno.writeTextFileSync(path, lines.join("\n") + "\n", { append: true });
  } catch (error) {
    throw new StoreError(`${path} can't be written: ${messageOf(error)}`, [
      "an import needs room for temporary files: TMPDIR says where",
    ], { cause: error });
  }
  lines.length = 0;
}
