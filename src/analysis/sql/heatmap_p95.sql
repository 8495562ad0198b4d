-- Question:  what was the 95th percentile in each hour of the week?
-- Inputs:    stored_samples; $start_ms, $end_ms; $shortest_ms; one metric: its id and its value.
-- Columns:   metric, weekday, hour, p95 (as in distribution.sql, within the cell).
-- NULLs:     rows in which the metric is not known are not counted.
-- Cost:      a pass over the rows; up to 168 × some thousand groups.
WITH counted AS (
  SELECT cell, value, sum(weight_ms) / $shortest_ms::DOUBLE AS weight
  FROM (
    SELECT
      -- Hours since Monday 1970-01-05, in local time; 168 hours later the same cell comes again.
      (((epoch_ms(ts) // 60000 + utc_offset_min) // 60 - 96) % 168)::SMALLINT AS cell,
      {{sql}} AS value,
      round(interval_s::DOUBLE * 1000) AS weight_ms
    FROM stored_samples
    WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
  )
  WHERE value IS NOT NULL
  GROUP BY cell, value
),
cumulated AS (
  SELECT
    cell,
    value,
    sum(weight) OVER (PARTITION BY cell ORDER BY value) AS upto,
    greatest(0, 0.95 * (sum(weight) OVER (PARTITION BY cell) - 1)) AS h
  FROM counted
),
neighbours AS (
  SELECT
    cell,
    any_value(h) AS h,
    min(value) FILTER (upto > floor(h)) AS low,
    min(value) FILTER (upto > floor(h) + 1) AS high
  FROM cumulated
  GROUP BY cell
)
SELECT
  {{id}} AS metric,
  cell // 24 + 1 AS weekday,
  cell % 24 AS hour,
  low + (h - floor(h)) * (coalesce(high, low) - low) AS p95
FROM neighbours
