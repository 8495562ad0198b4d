/** Labelled values as a machine gives them: cores that jump, fans and temperatures that drift. The same in every run. */

/** How many labels of each kind. */
export interface Labels {
  readonly cores: number;
  readonly fans: number;
  readonly sensors: number;
}

/** One hundred labels: a large workstation. */
export const HUNDRED_LABELS: Labels = { cores: 16, fans: 4, sensors: 80 };
/** What the fixture tests/fixtures/mactop/mactop-2.1.5.metrics.txt has. */
export const MACTOP_LABELS: Labels = { cores: 14, fans: 2, sensors: 14 };

const EVERY_MS = 10_000;

/** SQL of the rows of `series` in a span: metric, label, ts (epoch milliseconds), utc_offset_min, value. */
export function seriesRowsSql(labels: Labels, startMs: number, endMs: number): string {
  return `WITH ticks AS (SELECT range AS ts FROM range(${startMs}, ${endMs}, ${EVERY_MS})),
    drawn AS (
      SELECT kind, i, ts, hash(kind, i, ts) % 10000 / 10000 AS noise,
        -- A day's curve and a slower one, each label's own.
        sin(ts / 13750987 + i) + 0.3 * sin(ts / 1000000 + 7 * i) AS drift
      FROM ticks, (
        SELECT 'core' AS kind, unnest(range(${labels.cores})) AS i
        UNION ALL SELECT 'fan', unnest(range(${labels.fans}))
        UNION ALL SELECT 'sensor', unnest(range(${labels.sensors}))
      )
    )
    SELECT
      CASE kind WHEN 'core' THEN 'core_pct' WHEN 'fan' THEN 'fan_rpm' ELSE 'sensor_celsius' END AS metric,
      CASE kind WHEN 'core' THEN i || 'p' WHEN 'fan' THEN 'Fan ' || i ELSE 'Tp' || i || ' CPU P-Core ' || i END AS label,
      ts, 0 AS utc_offset_min,
      CASE kind
        WHEN 'core' THEN round(100 * noise * noise * (0.5 + 0.3 * drift), 1)
        WHEN 'fan' THEN round(1800 + 300 * drift + 10 * noise)
        ELSE round(45 + 6 * drift + 0.6 * noise, 1)
      END AS value
    FROM drawn ORDER BY ts, metric, label`;
}
