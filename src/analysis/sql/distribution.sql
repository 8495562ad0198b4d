-- Question:  what are the statistics of each metric, over the data expanded by the time that each row stands for?
-- Inputs:    value_counts (metric, value, n, weight_ms; a value may stand in several rows); {{metrics}}, a list of ids;
--            $shortest_ms, the shortest interval in the range.
-- Columns:   metric (its position in the list: numbers are grouped and sorted in half the time of names), count (rows), min, max, mean, p50 … p99, stddev, variance (sample), above_90_pct and
--            above_zero_pct (shares of the time).
-- NULLs:     stddev and variance of a single expanded value.
-- Method:    expanded means: a value that stands for k shortest intervals counts k times. The quantile is the
--            continuous one (quantile_cont, Excel's PERCENTILE.INC): position h = p · (W − 1) in the W expanded values
--            in order, interpolated between its two neighbours. Value x is at position i where the cumulated weight
--            first exceeds i.
-- Cost:      windows over some ten thousand counted values a metric.
WITH counts AS (
  SELECT list_position({{metrics}}, metric)::SMALLINT AS metric, value, sum(n::DOUBLE) AS n, sum(weight_ms::DOUBLE) AS weight_ms
  FROM value_counts
  GROUP BY ALL
),
cumulated AS (
  SELECT
    metric,
    value,
    n,
    weight_ms / $shortest_ms::DOUBLE AS weight,
    sum(weight_ms) OVER (PARTITION BY metric ORDER BY value) / $shortest_ms::DOUBLE AS upto,
    sum(weight_ms) OVER (PARTITION BY metric) / $shortest_ms::DOUBLE AS total,
    sum(value * weight_ms) OVER (PARTITION BY metric) / sum(weight_ms) OVER (PARTITION BY metric) AS mean
  FROM counts
),
positions AS (
  SELECT
    *,
    greatest(0, 0.50 * (total - 1)) AS h50,
    greatest(0, 0.75 * (total - 1)) AS h75,
    greatest(0, 0.95 * (total - 1)) AS h95,
    greatest(0, 0.99 * (total - 1)) AS h99
  FROM cumulated
),
neighbours AS (
  SELECT
    metric,
    sum(n) AS count,
    min(value) AS min,
    max(value) AS max,
    any_value(mean) AS mean,
    any_value(total) AS total,
    sum(weight * (value - mean) ** 2) AS squares,
    100 * sum(weight) FILTER (value > 90) / any_value(total) AS above_90_pct,
    100 * sum(weight) FILTER (value > 0) / any_value(total) AS above_zero_pct,
    any_value(h50) AS h50, any_value(h75) AS h75, any_value(h95) AS h95, any_value(h99) AS h99,
    min(value) FILTER (upto > floor(h50)) AS low50, min(value) FILTER (upto > floor(h50) + 1) AS high50,
    min(value) FILTER (upto > floor(h75)) AS low75, min(value) FILTER (upto > floor(h75) + 1) AS high75,
    min(value) FILTER (upto > floor(h95)) AS low95, min(value) FILTER (upto > floor(h95) + 1) AS high95,
    min(value) FILTER (upto > floor(h99)) AS low99, min(value) FILTER (upto > floor(h99) + 1) AS high99
  FROM positions
  GROUP BY metric
)
SELECT
  metric,
  count::BIGINT AS count,
  min,
  max,
  mean,
  -- At the upper end there is no higher neighbour, and none is needed: h is whole there.
  low50 + (h50 - floor(h50)) * (coalesce(high50, low50) - low50) AS p50,
  low75 + (h75 - floor(h75)) * (coalesce(high75, low75) - low75) AS p75,
  low95 + (h95 - floor(h95)) * (coalesce(high95, low95) - low95) AS p95,
  low99 + (h99 - floor(h99)) * (coalesce(high99, low99) - low99) AS p99,
  CASE WHEN total > 1 THEN sqrt(squares / (total - 1)) END AS stddev,
  CASE WHEN total > 1 THEN squares / (total - 1) END AS variance,
  coalesce(above_90_pct, 0) AS above_90_pct,
  coalesce(above_zero_pct, 0) AS above_zero_pct
FROM neighbours
