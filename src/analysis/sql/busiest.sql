-- Question:  which 15 minutes had the highest mean of each metric?
-- Inputs:    busy_minutes.
-- Columns:   metric, start_ms, end_ms (exclusive), mean (weighted by time).
-- NULLs:     a metric without a window that was recorded for at least 12 of its 15 minutes has no row.
-- Ties:      the earliest.
-- Cost:      two windows over the minutes.
WITH followed AS (
  SELECT metric, minute, lead(minute) OVER (PARTITION BY metric ORDER BY minute) AS next
  FROM busy_minutes
),
ends AS (
  SELECT metric, minute, weighted_sum, weight_ms FROM busy_minutes
  UNION ALL
  -- The busiest window may end in minutes without data: one that ends earlier begins with quieter minutes.
  SELECT metric, minute + after, 0, 0
  FROM followed, range(1, 15) AS minutes_later(after)
  WHERE next IS NULL OR minute + after < next
),
windows AS (
  SELECT
    metric,
    minute,
    sum(weighted_sum) OVER fifteen / sum(weight_ms) OVER fifteen AS mean,
    sum(weight_ms) OVER fifteen AS recorded_ms
  FROM ends
  WINDOW fifteen AS (PARTITION BY metric ORDER BY minute RANGE BETWEEN 14 PRECEDING AND CURRENT ROW)
)
SELECT
  metric,
  (arg_min(minute, (-mean, minute)) - 14) * 60000 AS start_ms,
  (arg_min(minute, (-mean, minute)) + 1) * 60000 AS end_ms,
  max(mean) AS mean
FROM windows
WHERE recorded_ms >= 12 * 60000
GROUP BY metric
