-- Question:  what was the 95th percentile in each hour of the week, where days are read from rollups?
-- Inputs:    cell_bins (metric, cell, bin, weight_ms); $shortest_ms.
-- Columns:   metric, weekday (1 = Monday), hour, p95 (within ±1 % of the true one).
-- NULLs:     none.
-- Cost:      a window over at most 168 × some hundred bins a metric.
WITH bins AS (
  SELECT metric, cell, bin, sum(weight_ms::DOUBLE) / $shortest_ms::DOUBLE AS weight
  FROM cell_bins
  GROUP BY ALL
),
totals AS (
  SELECT metric, cell, greatest(0, 0.95 * (sum(weight) - 1)) AS h
  FROM bins
  GROUP BY ALL
),
cumulated AS (
  SELECT metric, cell, bin, sum(weight) OVER (PARTITION BY metric, cell ORDER BY bin) AS upto
  FROM bins
),
neighbours AS (
  SELECT
    metric,
    cell,
    any_value(h) AS h,
    min(bin) FILTER (upto > floor(h)) AS low_bin,
    min(bin) FILTER (upto > floor(h) + 1) AS high_bin
  FROM cumulated
  JOIN totals USING (metric, cell)
  GROUP BY metric, cell
),
between_values AS (
  SELECT
    *,
    CASE WHEN low_bin = -32768 THEN 0 ELSE 0.99 * (1.01 / 0.99) ** low_bin END AS low,
    CASE WHEN high_bin = -32768 THEN 0 ELSE 0.99 * (1.01 / 0.99) ** high_bin END AS high
  FROM neighbours
)
-- Interpolated as in heatmap_p95.sql: between two values that are far apart, neither is within ±1 %.
SELECT
  metric,
  (cell // 24 + 1)::INTEGER AS weekday,
  (cell % 24)::INTEGER AS hour,
  low + (h - floor(h)) * (coalesce(high, low) - low) AS p95
FROM between_values
