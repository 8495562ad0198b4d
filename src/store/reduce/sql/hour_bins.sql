-- Question:  how long was a metric in each log-spaced bin, per local hour?
-- Inputs:    stored_samples; $start_ms, $end_ms; one metric: its id and its value.
-- Columns:   metric, local_hour (hours since 1970 in local time as recorded), bin, weight_ms.
-- Bins:      value v > 0 is in bin ceil(ln v / ln γ), γ = 1.01 / 0.99, and stands for γ^bin · 0.99; zero and less is
--            in bin -32768 and stands for 0. (DDSketch, Masson et al. 2019: relative error at most 1 %.)
-- NULLs:     rows in which the metric is not known are not counted.
-- Cost:      a pass over the rows.
SELECT
  {{id}} AS metric,
  ((epoch_ms(ts) // 60000 + utc_offset_min) // 60)::INTEGER AS local_hour,
  CASE WHEN value > 0 THEN ceil(ln(value) / ln(1.01 / 0.99)) ELSE -32768 END::SMALLINT AS bin,
  sum(weight_ms) AS weight_ms
FROM (
  SELECT ts, utc_offset_min, {{sql}} AS value, round(interval_s::DOUBLE * 1000) AS weight_ms
  FROM stored_samples
  WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
WHERE value IS NOT NULL
GROUP BY local_hour, bin
