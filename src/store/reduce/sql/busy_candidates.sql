-- Question:  which minutes can be part of the 15 busiest of a metric?
-- Inputs:    metric_minutes (of days that are read from rows), rolled_quarters.
-- Columns:   metric, minute, weight_ms, weighted_sum: all of metric_minutes, and of the rolled-up quarter-hours those
--            that can matter.
-- Method:    a window of 15 minutes lies in at most two neighbouring quarter-hours. Its mean is at most the sum of both
--            over the 12 minutes that it must have, and at most the highest value of both; a pair of which one of these
--            bounds is below the best whole quarter-hour cannot hold the busiest window. (The first bound needs values
--            that are not negative.)
-- NULLs:     none.
-- Cost:      a window over the quarter-hours; lists are opened for few of them.
WITH quarters AS (
  SELECT metric, quarter, weighted_sum, weight_ms, min, max FROM rolled_quarters
  UNION ALL
  SELECT metric, minute // 15, sum(weighted_sum), sum(weight_ms), min(min), max(max) FROM metric_minutes GROUP BY ALL
),
best AS (
  SELECT metric, max(weighted_sum / weight_ms) FILTER (weight_ms >= 720000) AS mean
  FROM quarters
  GROUP BY metric
),
pairs AS (
  SELECT
    metric,
    quarter,
    weighted_sum + coalesce(lead(weighted_sum) OVER following, 0) AS pair_sum,
    greatest(max, lead(max) OVER following) AS pair_max,
    least(min, lead(min) OVER following) AS pair_min
  FROM quarters
  WINDOW following AS (PARTITION BY metric ORDER BY quarter)
),
candidates AS (
  SELECT metric, quarter
  FROM pairs
  JOIN best USING (metric)
  WHERE best.mean IS NULL OR (pair_max >= best.mean AND (pair_sum / 720000 >= best.mean OR pair_min < 0))
),
wanted AS (
  SELECT metric, quarter FROM candidates
  UNION
  SELECT metric, quarter + 1 FROM candidates
)
SELECT metric, minute, weight_ms, weighted_sum FROM metric_minutes
UNION ALL
SELECT
  metric,
  quarter::BIGINT * 15 + unnest(minutes) AS minute,
  unnest(minute_weights)::DOUBLE AS weight_ms,
  unnest(minute_sums) AS weighted_sum
FROM rolled_quarters
SEMI JOIN wanted USING (metric, quarter)
