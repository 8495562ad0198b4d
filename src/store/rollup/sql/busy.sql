-- Question:  which minutes have to be known to find the busiest 15 of any range that holds these days as a whole?
-- Inputs:    {{minutes}} (metric, minute, weight_ms, weighted_sum): those of a day, or those that its days have kept of a
--            month; the place of busiest.sql on the same minutes.
-- Columns:   metric, minute (since 1970, UTC), weight_ms, weighted_sum: of the busiest 15 minutes, and of the first and last
--            14, which windows over the ends need. Of the minutes next to them that are left out there is a row too, with a
--            weighted_sum of NULL, so that no window is taken for whole that is not.
-- NULLs:     see above.
-- Cost:      three passes over the minutes.
WITH busiest AS (
  {{busiest}}
),
kept AS (
  SELECT
    metric,
    first + 13 AS upto,
    start_ms // 60000 AS begins,
    end_ms // 60000 - 1 AS ends,
    last - 13 AS since
  FROM (SELECT metric, min(minute) AS first, max(minute) AS last FROM {{minutes}} GROUP BY metric)
  LEFT JOIN busiest USING (metric)
),
beside AS (
  SELECT
    metric,
    min(minute) FILTER (minute > upto) AS after_first,
    max(minute) FILTER (minute < begins) AS before_busiest,
    min(minute) FILTER (minute > ends) AS after_busiest,
    max(minute) FILTER (minute < since) AS before_last
  FROM {{minutes}}
  JOIN kept USING (metric)
  GROUP BY metric
),
marked AS (
  SELECT
    *,
    minute <= upto OR minute >= since OR coalesce(minute BETWEEN begins AND ends, false) AS is_kept
  FROM {{minutes}}
  JOIN kept USING (metric)
)
SELECT metric, minute, weight_ms, CASE WHEN is_kept THEN weighted_sum END AS weighted_sum
FROM marked
JOIN beside USING (metric)
WHERE is_kept OR coalesce(minute IN (after_first, before_busiest, after_busiest, before_last), false)
