-- Question:  when was a metric used for the first time, after a time without?
-- Inputs:    metric_spans; one metric: its id; $first_used, the minute of its first span with a value above zero (see
--            heatmap.sql); $longest_min, how long the longest of the spans are; $last_ms, the range's last row.
-- Columns:   after_ms (it was zero until then at least), by_ms (it was above zero before then): one row.
-- NULLs:     after_ms, where no span is before that one.
-- Method:    a span does not tell when its rows were. The last of n rows that stand for w is at least w − w / n behind the span's
--            start, the first one as far before its end. A span ends where the next begins, if that was recorded on the same clock:
--            hours of two clocks overlap.
-- Cost:      a pass over the spans of one metric, up to that one.
SELECT
  -- Not least() alone, which leaves out NULLs.
  CASE WHEN before_ms IS NOT NULL THEN least($first_used::BIGINT * 60000, before_ms)::BIGINT END AS after_ms,
  least(
    greatest($first_used::BIGINT * 60000 + 1, 60000 * least(
      CASE WHEN is_one_clock THEN next_minute END,
      $first_used::BIGINT + $longest_min::BIGINT
    ) - used_ms),
    ($last_ms::BIGINT // 60000 + 1) * 60000
  )::BIGINT AS by_ms
FROM (
  SELECT
    max(minute * 60000 + weight_ms - weight_ms / n) FILTER (minute < $first_used::BIGINT) AS before_ms,
    -- Of a span that was zero at times it is not known which.
    min(CASE WHEN min > 0 THEN weight_ms - weight_ms / n ELSE 0 END)
      FILTER (minute = $first_used::BIGINT AND max > 0) AS used_ms,
    min(minute) FILTER (minute > $first_used::BIGINT) AS next_minute,
    min(utc_offset_min) FILTER (minute >= $first_used::BIGINT)
      = max(utc_offset_min) FILTER (minute >= $first_used::BIGINT) AS is_one_clock
  FROM metric_spans
  WHERE metric = {{id}} AND minute < $first_used::BIGINT + $longest_min::BIGINT
)
