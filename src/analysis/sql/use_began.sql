-- Question:  when was a metric used for the first time, after a time without?
-- Inputs:    metric_spans; one metric: its id; $longest_min, how long the longest of the spans are; $last_ms, the range's last row.
-- Columns:   after_ms (it was zero until then at least), by_ms (it was above zero before then): at most one row.
-- NULLs:     after_ms of a metric that was above zero in its first span already; one that never was has no row.
-- Method:    a span does not tell when its rows were. The last of n rows that stand for w is at least w − w / n behind the
--            span's start, the first one as far before its end. A span ends where the next begins, if that was recorded on the same
--            clock: hours of two clocks overlap.
-- Cost:      a window over the spans of one metric.
SELECT
  -- Not least() alone, which leaves out NULLs.
  CASE
    WHEN before IS NOT NULL THEN least(minute * 60000, before.minute * 60000 + before.at_least_ms)::BIGINT
  END AS after_ms,
  least(
    greatest(minute * 60000 + 1, end_minute * 60000 - CASE WHEN min > 0 THEN at_least_ms ELSE 0 END),
    ($last_ms::BIGINT // 60000 + 1) * 60000
  )::BIGINT AS by_ms
FROM (
  SELECT
    minute,
    min,
    max,
    at_least_ms,
    lag({ 'minute': minute, 'at_least_ms': at_least_ms }) OVER in_order AS before,
    CASE
      WHEN lead(utc_offset_min) OVER in_order IS DISTINCT FROM utc_offset_min THEN minute + $longest_min::BIGINT
      ELSE least(lead(minute) OVER in_order, minute + $longest_min::BIGINT)
    END AS end_minute
  FROM (
    SELECT *, weight_ms - weight_ms / n AS at_least_ms
    FROM metric_spans
    WHERE metric = {{id}}
  )
  WINDOW in_order AS (ORDER BY minute, max)
)
WHERE max > 0
ORDER BY minute, max
LIMIT 1
