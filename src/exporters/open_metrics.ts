/** OpenMetrics 1.0 with time stamps, for `promtool tsdb create-blocks-from openmetrics` and others. */
import type { Metric, SeriesMetric, Unit } from "../model/mod.ts";
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

/** A metric's samples, one a line, by host, label and time; moments without a value have no line. */
export function copySamplesSql(
  metric: Metric | SeriesMetric,
  { rowsSql, path }: { readonly rowsSql: string; readonly path: string },
): string {
  const { id } = metric;
  const name = quoteText(`${nameOf(id)}{host="`);
  // Hosts' ids are letters, digits and dashes: nothing in them has to be escaped.
  const labelled = "label" in metric
    ? {
      label: `${quoteText(`",${metric.label}="`)} || ${ESCAPED_LABEL}`,
      rows: `SELECT host, label, ts, value ${rowsSql} AND metric = ${quoteText(id)}
        ORDER BY host, label, ts`,
    }
    : {
      label: "''",
      rows: `SELECT host, ts, ${id} AS value ${rowsSql} AND ${id} IS NOT NULL ORDER BY host, ts`,
    };
  return `COPY (
      SELECT ${name} || host || ${labelled.label} || '"} ' || value::VARCHAR || ' '
        || (epoch_ms(ts) / 1000)::VARCHAR
      FROM (${labelled.rows})
    ) TO ${quoteText(path)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\\x01')`;
}

/** Names of sensors and mounts may be anything. */
const ESCAPED_LABEL = String
  .raw`replace(replace(replace(label, '\', '\\'), '"', '\"'), chr(10), '\n')`;

function nameOf(id: string): string {
  return `mtr_${id}`;
}
