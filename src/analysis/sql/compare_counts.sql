-- Question:  how often did a metric have each of its values, in those hours of the week that are compared?
-- Inputs:    stored_samples; $start_ms, $end_ms; cells: numbers (weekday × 24 + hour, 1 = Monday, as SQL's list); one
--            metric: its id and its value.
-- Columns:   those of value_counts: metric, value, n, weight_ms.
-- NULLs:     rows in which the metric is not known are not counted.
-- Cost:      a pass over the rows.
SELECT {{id}} AS metric, value, count(*) AS n, sum(weight_ms) AS weight_ms
FROM (
  SELECT
    {{sql}} AS value,
    round(interval_s::DOUBLE * 1000) AS weight_ms,
    (epoch_ms(ts) // 60000 + utc_offset_min) // 60 AS local_hour
  FROM stored_samples
  WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
WHERE value IS NOT NULL
  -- 1970 began on a Thursday.
  AND ((local_hour // 24 + 3) % 7 + 1) * 24 + local_hour % 24 IN ({{cells}})
GROUP BY value
