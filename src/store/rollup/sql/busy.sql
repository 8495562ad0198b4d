-- Question:  which minutes have to be known to find the busiest 15 of any range that holds these days as a whole?
-- Inputs:    {{minutes}} (metric, minute, weight_ms, weighted_sum): those of a day, or those that its days have kept of a
--            month; the place of busiest.sql on the same minutes.
-- Columns:   metric, minute (since 1970, UTC), weight_ms, weighted_sum: of the busiest 15 minutes, and of the first and last
--            14, which windows over the ends need. Of the minutes next to them that are left out there is a row too, with a
--            weighted_sum of NULL, so that no window is taken for whole that is not.
-- NULLs:     see above.
-- Cost:      windows over the minutes.
WITH busiest AS (
  {{busiest}}
),
ends AS (
  SELECT metric, min(minute) AS first, max(minute) AS last
  FROM {{minutes}}
  GROUP BY metric
),
marked AS (
  SELECT
    metric,
    minute,
    weight_ms,
    weighted_sum,
    weighted_sum IS NOT NULL AND (
      minute < first + 14
      OR minute > last - 14
      OR coalesce(minute >= start_ms // 60000 AND minute < end_ms // 60000, false)
    ) AS is_kept
  FROM {{minutes}}
  JOIN ends USING (metric)
  LEFT JOIN busiest USING (metric)
),
beside AS (
  SELECT
    *,
    coalesce(lag(is_kept) OVER in_order, false) OR coalesce(lead(is_kept) OVER in_order, false) AS is_beside
  FROM marked
  WINDOW in_order AS (PARTITION BY metric ORDER BY minute)
)
SELECT metric, minute, weight_ms, CASE WHEN is_kept THEN weighted_sum END AS weighted_sum
FROM beside
WHERE is_kept OR is_beside
