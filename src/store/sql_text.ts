/** Quoting for the few things that cannot be bound: names, paths and constants that mtr makes itself. */

/** `o'clock` → `'o''clock'`. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** `a"b` → `"a""b"`. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** `['a', 'b']`. */
export function quoteList(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(", ")}]`;
}

/** `read_parquet` of one file or of several, as they are: what their paths say is no column. */
export function parquetSql(paths: string | readonly string[]): string {
  const quoted = typeof paths === "string" ? quoteText(paths) : quoteList(paths);
  return `read_parquet(${quoted}, hive_partitioning = false)`;
}

/** Rows of several queries; a column that one of them does not have is NULL in its rows. */
export function unionByName(queries: readonly string[]): string {
  return queries.join("\nUNION ALL BY NAME\n");
}
