-- Question:  how busy is each hour of the week, in local time as it was when it was recorded?
-- Inputs:    metric_spans; whether one of them was recorded on the clock of the report's zone (see clocks.ts).
-- Columns:   metric, weekday (1 = Monday), hour, mean (weighted by time), max, count (rows), first_used (minute
--            since 1970 of the first span with a value above zero), is_zone_clock (of all spans).
-- NULLs:     first_used of a cell that was zero throughout; an hour without data has no row.
-- Cost:      a pass over the spans.
SELECT
  metric,
  (cell // 24 + 1)::INTEGER AS weekday,
  (cell % 24)::INTEGER AS hour,
  sum(weighted_sum) / sum(weight_ms) AS mean,
  max(max) AS max,
  sum(n)::BIGINT AS count,
  min(minute) FILTER (max > 0) AS first_used,
  coalesce(bool_and({{is_zone_clock}}), true) AS is_zone_clock
FROM (
  -- Hours since Monday 1970-01-05, in local time; 168 hours later the same cell comes again.
  SELECT *, ((minute + utc_offset_min) // 60 - 96) % 168 AS cell
  FROM metric_spans
)
GROUP BY metric, cell
ORDER BY metric, cell
