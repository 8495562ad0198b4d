-- Question:  among which minutes are the busiest 15 of each metric?
-- Inputs:    metric_minutes.
-- Columns:   metric, minute, weight_ms, weighted_sum: the quarter-hours with a minute that is busy enough, and their neighbours.
--            busiest.sql finds the same in them as in all minutes.
-- NULLs:     none.
-- Method:    a quarter-hour is 15 minutes itself, so that the busiest are no quieter, and one of their minutes is as busy
--            as they are. Where no minute is busier than a whole quarter-hour, nothing is behind the first such.
-- Cost:      three passes over the minutes, where busiest.sql takes windows, which cost ten times as much.
WITH quarters AS (
  SELECT
    metric,
    minute // 15 AS quarter,
    sum(weighted_sum) / sum(weight_ms) AS mean,
    sum(weight_ms) AS weight_ms,
    max(weighted_sum / weight_ms) AS highest
  FROM metric_minutes
  GROUP BY metric, quarter
),
bounds AS (
  SELECT
    metric,
    coalesce(max(mean) FILTER (weight_ms >= 12 * 60000), '-infinity'::DOUBLE) AS busy_enough,
    arg_min(quarter, (-mean, quarter)) FILTER (weight_ms >= 12 * 60000) AS busiest_quarter,
    max(highest) AS highest
  FROM quarters
  GROUP BY metric
),
near AS (
  SELECT DISTINCT metric, quarter + unnest([-1, 0, 1]) AS quarter
  FROM quarters
  JOIN bounds USING (metric)
  WHERE
    -- Means of the same values differ in their last digit.
    quarters.highest >= busy_enough - 1e-9 * abs(busy_enough)
    AND (bounds.highest > busy_enough OR quarter <= busiest_quarter)
)
SELECT metric, minute, weight_ms, weighted_sum
FROM (SELECT *, minute // 15 AS quarter FROM metric_minutes)
SEMI JOIN near USING (metric, quarter)
