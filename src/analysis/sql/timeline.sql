-- Question:  how did each metric go over the range, in as many bins as the screen has columns?
-- Inputs:    metric_spans; $window_start_ms, $bin_ms (a whole number of the spans' length).
-- Columns:   metric, bin (0 …), mean (weighted by time), min, max.
-- NULLs:     none: a bin without data has no row.
-- Cost:      a pass over the spans.
SELECT
  metric,
  ((minute * 60000 - $window_start_ms::BIGINT) // $bin_ms::BIGINT)::INTEGER AS bin,
  sum(weighted_sum) / sum(weight_ms) AS mean,
  min(min) AS min,
  max(max) AS max
FROM metric_spans
GROUP BY ALL
ORDER BY ALL
