import { messageOf } from "../../model/mod.ts";
import type { FileReader, ImportSink } from "../import_format.ts";
import { type Delimiter, delimiterOf, numberInCell, splitCsvLine } from "./csv_line.ts";

/** One line of a CSV file, by the names of its columns. */
export class CsvRow {
  #cells: readonly string[] = [];
  #number = 0;

  constructor(readonly columns: ReadonlyMap<string, number>, readonly delimiter: Delimiter) {}

  set(cells: readonly string[], number: number): void {
    this.#cells = cells;
    this.#number = number;
  }

  /** The line of the file. */
  get line(): number {
    return this.#number;
  }

  /** The text of a cell, without blanks around it; empty where there is no such column. */
  text(column: string): string {
    const index = this.columns.get(column);
    return index === undefined ? "" : this.#cells[index]?.trim() ?? "";
  }

  /** @throws {SyntaxError} when there is something else */
  number(column: string): number | undefined {
    try {
      return numberInCell(this.text(column), this.delimiter);
    } catch (error) {
      throw new SyntaxError(`${column}: ${messageOf(error)}`, { cause: error });
    }
  }
}

export interface CsvListener {
  /** The names of the columns; false when nothing can be done with them. */
  begins(row: CsvRow, line: number): boolean;
  /** A line. What it throws is reported. */
  row(row: CsvRow): void;
}

/** A reader of a CSV file whose first line names its columns. A repeated first line (of files put together) is passed over. */
export function csvReader(sink: ImportSink, listener: CsvListener): FileReader {
  let header: string | undefined;
  let row: CsvRow | undefined;
  return {
    line(text, number) {
      if (text.trim() === "" || text === header) return;
      if (header === undefined) {
        header = text;
        const begun = new CsvRow(columnsOf(text), delimiterOf(text));
        if (listener.begins(begun, number)) row = begun;
        return;
      }
      if (!row) return;
      const cells = splitCsvLine(text, row.delimiter);
      if (cells.length !== row.columns.size) {
        sink.problem(number, `${row.columns.size} columns expected, ${cells.length} found`);
        return;
      }
      row.set(cells, number);
      try {
        listener.row(row);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        sink.problem(number, error.message);
      }
    },
    end() {},
  };
}

/** The names in a first line, to their places; names without one of their own get a number. */
export function columnsOf(header: string): Map<string, number> {
  const columns = new Map<string, number>();
  splitCsvLine(header, delimiterOf(header)).forEach((cell, index) => {
    const name = cell.trim();
    columns.set(name === "" || columns.has(name) ? `${name}#${index + 1}` : name, index);
  });
  return columns;
}

/** The first line of a file's beginning. */
export function headerIn(head: string): string {
  return head.slice(0, head.search(/\r?\n|$/));
}
