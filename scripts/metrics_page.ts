import {
  type Column,
  DATASETS,
  DERIVED_METRICS,
  type Metric,
  METRICS,
  SERIES_METRICS,
  sqlTypeOf,
} from "../src/model/mod.ts";

/** docs/metrics.md, made from the catalogue in src/model. */
export function metricsPage(): string {
  return [
    "# Metrics",
    "Made by `deno task docs` from the catalogue in `src/model/`; do not edit. `mtr metrics` shows the same, and what your store has.",
    "A value that was not read, or that cannot be true, is NULL, never 0. Ranges are inclusive; a value outside of its range is stored as NULL and counted. " +
    "The grid is the step to which values are rounded when they are recorded.",
    "## `samples`: one row a tick",
    sentence(DATASETS.samples.comment) +
    " Its first columns say when and how it was read, then follow the metrics.",
    columnTable(plainColumns(DATASETS.samples.columns)),
    metricTable(METRICS, ["type", ({ unit }) => sqlTypeOf(unit)]),
    "## Derived",
    "Computed from a row of `samples` whenever data is read, never stored.",
    table(
      ["id", "unit", "meaning", "SQL"],
      DERIVED_METRICS.map(({ id, unit, help, sql }) => [code(id), unit, help, code(sql)]),
    ),
    "## `series`: labelled metrics",
    sentence(DATASETS.series.comment),
    columnTable(DATASETS.series.columns),
    metricTable(SERIES_METRICS, ["label", ({ label }) => label]),
    "## `sources`: how the sources did",
    sentence(DATASETS.sources.comment),
    columnTable(DATASETS.sources.columns),
  ].join("\n\n") + "\n";
}

function plainColumns(columns: readonly Column[]): readonly Column[] {
  const metrics = new Set<string>(METRICS.map(({ id }) => id));
  return columns.filter(({ name }) => !metrics.has(name));
}

function columnTable(columns: readonly Column[]): string {
  return table(
    ["column", "type", "meaning"],
    columns.map(({ name, type, comment }) => [code(name), type, comment]),
  );
}

function metricTable<M extends Metric>(
  metrics: readonly M[],
  [head, cell]: readonly [head: string, cell: (metric: M) => string],
): string {
  const heads = ["id", head, "unit", "range", "grid", "worse", "sources", "meaning"];
  const rows = metrics.map((metric) => [
    code(metric.id),
    cell(metric),
    metric.unit,
    metric.range.map(shortNumber).join(" … "),
    grid(metric),
    metric.worse,
    metric.sources.join(", "),
    metric.help,
  ]);
  return table(heads, rows);
}

function grid({ resolution: { step, digits } }: Metric): string {
  return shortNumber(step) + (digits === undefined ? "" : `, ${digits} digits`);
}

/** `2^50`, `1e12`, `5000`: long numbers as powers, where they are powers. */
function shortNumber(value: number): string {
  if (Math.abs(value) < 1e6) return String(value);
  const exponent = Math.log2(value);
  return Number.isInteger(exponent) ? `2^${exponent}` : value.toExponential().replace("+", "");
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function code(text: string): string {
  return "`" + text + "`";
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
