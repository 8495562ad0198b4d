-- Question:  what was the 95th percentile in each hour of the week, where days are read from rollups?
-- Inputs:    hour_bins (metric, local_hour, bin, weight_ms); $shortest_ms.
-- Columns:   metric, weekday, hour, p95 (within ±0.5 % of the true one).
-- NULLs:     none.
-- Cost:      windows over at most 168 × some hundred bins a metric.
WITH cells AS (
  -- Hours since Monday 1970-01-05, in local time; 168 hours later the same cell comes again.
  SELECT
    metric,
    (local_hour - 96) % 168 AS cell,
    CASE WHEN bin = -32768 THEN 0 ELSE 0.995 * (1.005 / 0.995) ** bin END AS value,
    sum(weight_ms) / $shortest_ms::DOUBLE AS weight
  FROM hour_bins
  GROUP BY ALL
),
cumulated AS (
  SELECT
    metric,
    cell,
    value,
    sum(weight) OVER (PARTITION BY metric, cell ORDER BY value) AS upto,
    greatest(0, 0.95 * (sum(weight) OVER (PARTITION BY metric, cell) - 1)) AS h
  FROM cells
),
neighbours AS (
  SELECT
    metric,
    cell,
    any_value(h) AS h,
    min(value) FILTER (upto > floor(h)) AS low,
    min(value) FILTER (upto > floor(h) + 1) AS high
  FROM cumulated
  GROUP BY metric, cell
)
-- Interpolated as in heatmap_p95.sql: between two values that are far apart, neither is within ±0.5 %.
SELECT
  metric,
  cell // 24 + 1 AS weekday,
  cell % 24 AS hour,
  low + (h - floor(h)) * (coalesce(high, low) - low) AS p95
FROM neighbours
