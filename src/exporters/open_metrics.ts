/** OpenMetrics 1.0 with time stamps, for `promtool tsdb create-blocks-from openmetrics` and others. */
import type { Metric, Unit } from "../model/mod.ts";
import { quoteText } from "../store/mod.ts";

/** What a metric's name has to end in for its unit to be named: the ids do. */
const UNIT_NAMES: Readonly<Partial<Record<Unit, string>>> = {
  "%": "pct",
  "W": "watts",
  "°C": "celsius",
  "MHz": "mhz",
  "rpm": "rpm",
  "bytes": "bytes",
  "bytes/s": "bytes_per_s",
  "ops/s": "ops_per_s",
};

/** The last line of every file. */
export const OPEN_METRICS_END = "# EOF\n";

/** The lines above a metric's samples. */
export function metricHead({ id, unit, help }: Metric): string {
  const name = nameOf(id);
  const unitName = UNIT_NAMES[unit];
  return [
    `# TYPE ${name} gauge`,
    ...(unitName && id.endsWith(`_${unitName}`) ? [`# UNIT ${name} ${unitName}`] : []),
    `# HELP ${name} ${
      help.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n")
    }`,
    "",
  ].join("\n");
}

/** A metric's samples, one a line, by host and time; moments without a value have no line. */
export function copySamplesSql(
  { id }: Metric,
  { rowsSql, path }: { readonly rowsSql: string; readonly path: string },
): string {
  const name = quoteText(`${nameOf(id)}{host="`);
  // Hosts' ids are letters, digits and dashes: nothing in them has to be escaped.
  return `COPY (
      SELECT ${name} || host || '"} ' || ${id}::VARCHAR || ' ' || (epoch_ms(ts) / 1000)::VARCHAR
      FROM (SELECT host, ts, ${id} ${rowsSql} AND ${id} IS NOT NULL ORDER BY host, ts)
    ) TO ${quoteText(path)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\\x01')`;
}

function nameOf(id: string): string {
  return `mtr_${id}`;
}
