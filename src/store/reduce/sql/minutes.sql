-- Question:  what happened in each minute, per metric? The base of heatmaps, peaks, timelines and gaps.
-- Inputs:    stored_samples; $start_ms, $end_ms (epoch milliseconds, end exclusive); for each metric i its value on
--            its decimal grid.
-- Columns:   minute (since 1970, UTC), first_ms and last_ts_ms of its rows, utc_offset_min (the newest of the minute:
--            offsets change on quarter-hours), rows, weight_ms (the time that the rows stand for), shortest_ms, and for
--            each metric: n, weight_ms, weighted sum, min, max.
-- NULLs:     a metric that was not known in a row adds nothing; one not known in the whole minute has n = 0.
-- Cost:      one pass over the rows, only the columns that the metrics need.
CREATE OR REPLACE TEMP TABLE minutes AS
SELECT
  epoch_ms(ts) // 60000 AS minute,
  min(epoch_ms(ts)) AS first_ms,
  max(epoch_ms(ts)) AS last_ms,
  max(utc_offset_min) AS utc_offset_min,
  count(*) AS row_count,
  sum(weight) AS weight_ms,
  min(weight) AS shortest_ms,
  arg_min(weight, ts) AS first_weight_ms,
  {{aggregates}}
FROM (
  SELECT ts, utc_offset_min, round(interval_s::DOUBLE * 1000) AS weight, {{values}}
  FROM stored_samples
  WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
GROUP BY 1
