-- Question:  when in a short range was a metric above zero for the first and for the last time?
-- Inputs:    stored_samples; $start_ms, $end_ms; one metric: its value.
-- Columns:   first_ms, last_ms (of the rows).
-- NULLs:     both, where it was not.
-- Cost:      a pass over the range, which is a quarter of an hour.
SELECT min(epoch_ms(ts)) AS first_ms, max(epoch_ms(ts)) AS last_ms
FROM (
  SELECT ts, {{sql}} AS value
  FROM stored_samples
  WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
WHERE value > 0
