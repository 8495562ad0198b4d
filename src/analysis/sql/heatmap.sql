-- Question:  how busy is each hour of the week, in local time as it was when it was recorded?
-- Inputs:    metric_spans.
-- Columns:   metric, weekday (1 = Monday), hour, mean (weighted by time), max, count (rows).
-- NULLs:     none: an hour without data has no row.
-- Cost:      a pass over the spans.
SELECT
  metric,
  isodow(local) AS weekday,
  hour(local) AS hour,
  sum(weighted_sum) / sum(weight_ms) AS mean,
  max(max) AS max,
  sum(n)::BIGINT AS count
FROM (
  SELECT *, make_timestamp((minute + utc_offset_min) * 60000000) AS local
  FROM metric_spans
)
GROUP BY ALL
ORDER BY ALL
