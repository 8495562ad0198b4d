-- Question:  what was the longest stretch above 90 % of each metric?
-- Inputs:    saturations; $shortest_ms.
-- Columns:   metric, start_ms, end_ms (exclusive).
-- NULLs:     a metric that was never above 90 % for a minute has no row.
-- Method:    stretches that touch (a day's end and the next day's beginning) are one; of equally long ones the first.
-- Cost:      a window over the stretches.
WITH marked AS (
  SELECT
    *,
    coalesce(
      start_ms - lag(end_ms) OVER (PARTITION BY metric ORDER BY start_ms) > $shortest_ms::DOUBLE / 2,
      true
    ) AS begins
  FROM saturations
),
numbered AS (
  SELECT *, sum(begins::INTEGER) OVER (PARTITION BY metric ORDER BY start_ms) AS stretch
  FROM marked
),
joined AS (
  SELECT metric, min(start_ms) AS start_ms, max(end_ms) AS end_ms
  FROM numbered
  GROUP BY metric, stretch
)
SELECT metric, start_ms, end_ms
FROM joined
WHERE end_ms - start_ms >= 60000
QUALIFY row_number() OVER (PARTITION BY metric ORDER BY end_ms - start_ms DESC, start_ms) = 1
