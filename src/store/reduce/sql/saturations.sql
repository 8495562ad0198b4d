-- Question:  when was a percentage above 90 without a break, and for how long?
-- Inputs:    stored_samples; row_runs; $start_ms, $end_ms; one metric: its id, its value, and what holds wherever that is
--            above 90.
-- Columns:   metric, start_ms, end_ms (exclusive): stretches of at least a minute, and shorter ones that touch the
--            first or the last row, so that stretches over midnight can be joined.
-- NULLs:     a row in which the metric is not known ends a stretch.
-- Cost:      a pass over the metric's columns; the windows see only rows above 90.
WITH above AS (
  SELECT epoch_ms(ts) AS end_ms, epoch_ms(ts) - weight AS start_ms, weight
  FROM (
    SELECT ts, {{sql}} AS value, round(interval_s::DOUBLE * 1000) AS weight
    FROM stored_samples
    WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
      -- Decided while the file is read, before anything else of the row is.
      AND {{may_be_above}}
  )
  WHERE value > 90
),
marked AS (
  -- Rows that follow each other touch; half an interval of slack for clocks that are steered.
  SELECT *, coalesce(start_ms - lag(end_ms) OVER (ORDER BY end_ms) > weight / 2, true) AS begins
  FROM above
),
numbered AS (
  SELECT *, sum(begins::INTEGER) OVER (ORDER BY end_ms) AS stretch
  FROM marked
),
stretches AS (
  SELECT min(start_ms)::BIGINT AS start_ms, max(end_ms)::BIGINT AS end_ms
  FROM numbered
  GROUP BY stretch
)
SELECT {{id}} AS metric, start_ms, end_ms
FROM stretches
WHERE end_ms - start_ms >= 60000
  OR start_ms <= (SELECT min(first_ms) FROM row_runs)
  OR end_ms >= (SELECT max(last_ms) FROM row_runs)
