-- Question:  which 15 minutes had the highest mean of each metric?
-- Inputs:    minutes (metric, minute, weight_ms, weighted_sum): {{minutes}}. A minute that is known to exist, but was left
--            out with its neighbours, has a weighted_sum of NULL: no window that touches it is looked at.
-- Columns:   metric, start_ms, end_ms (exclusive), mean (weighted by time).
-- NULLs:     a metric without a window that was recorded for at least 12 of its 15 minutes has no row.
-- Ties:      the earliest.
-- Cost:      two windows over the minutes.
WITH followed AS (
  SELECT
    metric,
    minute,
    coalesce(weighted_sum, '-infinity'::DOUBLE) AS weighted_sum,
    weight_ms::DOUBLE AS weight_ms,
    lead(minute) OVER (PARTITION BY metric ORDER BY minute) AS next
  FROM {{minutes}}
),
ends AS (
  SELECT metric, minute, weighted_sum, weight_ms FROM followed
  UNION ALL
  -- The busiest window may end in minutes without data: one that ends earlier begins with quieter minutes.
  SELECT metric, minute + after, 0, 0
  FROM (FROM followed WHERE weighted_sum > '-infinity' AND (next IS NULL OR next > minute + 1)),
    range(1, 15) AS minutes_later(after)
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
WHERE recorded_ms >= 12 * 60000 AND mean > '-infinity'
GROUP BY metric
