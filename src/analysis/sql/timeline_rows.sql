-- Question:  the same as timeline.sql, for ranges so short that minutes are too coarse.
-- Inputs:    stored_samples; $start_ms, $end_ms; $window_start_ms, $bin_ms; one metric: its id and its value.
-- Columns:   metric, bin, mean, min, max.
-- NULLs:     none: a bin without data has no row.
-- Cost:      a pass over at most a few hours of rows.
SELECT
  {{id}} AS metric,
  ((epoch_ms(ts) - $window_start_ms::BIGINT) // $bin_ms::BIGINT)::INTEGER AS bin,
  sum(value * weight) / sum(weight) AS mean,
  min(value) AS min,
  max(value) AS max
FROM (
  SELECT ts, {{sql}} AS value, round(interval_s::DOUBLE * 1000) AS weight
  FROM stored_samples
  WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
WHERE value IS NOT NULL
GROUP BY ALL
ORDER BY ALL
