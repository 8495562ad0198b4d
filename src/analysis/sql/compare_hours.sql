-- Question:  how busy was each local hour of the range, one by one?
-- Inputs:    metric_spans.
-- Columns:   metric, local_hour (hours since 1970 in local time as recorded), mean (weighted by time), weight_ms (time
--            with a value), max, first_used and last_used (first and last minute since 1970 of a span with a value above zero).
-- NULLs:     first_used and last_used of an hour that was zero throughout; an hour without data has no row.
-- Cost:      a pass over the spans.
SELECT
  metric,
  ((minute + utc_offset_min) // 60)::INTEGER AS local_hour,
  sum(weighted_sum) / sum(weight_ms) AS mean,
  sum(weight_ms) AS weight_ms,
  max(max) AS max,
  min(minute) FILTER (max > 0) AS first_used,
  max(minute) FILTER (max > 0) AS last_used
FROM metric_spans
GROUP BY metric, local_hour
ORDER BY metric, local_hour
