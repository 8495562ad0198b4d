-- Question:  what was each UTC quarter-hour like, per metric?
-- Inputs:    metric_minutes.
-- Columns:   metric, quarter (quarter-hours since 1970, UTC), utc_offset_min, n, weight_ms, weighted_sum, min, max.
--            A quarter-hour in which a machine came into another zone has a row for each.
-- NULLs:     none: a metric that is not known in a quarter has no row.
-- Cost:      a pass over the minutes.
SELECT
  metric,
  minute // 15 AS quarter,
  utc_offset_min,
  sum(n) AS n,
  sum(weight_ms) AS weight_ms,
  sum(weighted_sum) AS weighted_sum,
  min(min) AS min,
  max(max) AS max
FROM metric_minutes
GROUP BY metric, quarter, utc_offset_min
