-- Question:  what happened in each minute, per metric? The base of heatmaps, peaks, timelines and gaps.
-- Inputs:    stored_samples; $start_ms, $end_ms (epoch milliseconds, end exclusive); $usual_s and $usual_ms, the time that most
--            rows stand for; for each metric i its value as a count of the steps of its grid (s0, s1 …), and what is asked
--            of it: see minutes.ts.
-- Columns:   minute (since 1970, UTC), utc_offset_min (a minute has a row for each: two where a machine had travelled when its
--            clock was set back), first_ms and last_ms of its rows, row_count, weight_ms (the time that the rows stand for),
--            shortest_ms, first_weight_ms, and for each metric: n, weight_ms, weighted_sum, min, max.
-- NULLs:     a metric that was not known in a row adds nothing; one not known in the whole minute has n = 0.
-- Cost:      one pass over the rows, only the columns that the metrics need. As in counted_inputs.sql, the length of rows is
--            read only where some are unusual. Steps are whole numbers: their sums are exact, in any order.
CREATE OR REPLACE TEMP TABLE minutes AS
WITH of_rows AS (
  SELECT
    epoch_us(ts) // 60000000 AS minute,
    min(ts) AS first_ts,
    max(ts) AS last_ts,
    utc_offset_min,
    count(*) AS row_count
    {{aggregates}}
  FROM (
    SELECT ts, utc_offset_min {{steps}}
    FROM stored_samples
    WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
  )
  GROUP BY 1, utc_offset_min
),
unusual AS (
  SELECT
    epoch_us(ts) // 60000000 AS minute,
    utc_offset_min,
    min(ts) AS first_ts,
    count(*) AS row_count,
    min(weight) AS shortest_ms,
    arg_min(weight, ts) AS first_weight_ms,
    sum(excess) AS excess
    {{excesses}}
  FROM (
    SELECT *, coalesce(weight, 0) - $usual_ms::DOUBLE AS excess
    FROM (
      SELECT ts, utc_offset_min, round(interval_s::DOUBLE * 1000) AS weight {{steps}}
      FROM stored_samples
      WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
        AND (interval_s <> $usual_s::FLOAT OR interval_s IS NULL)
    )
  )
  GROUP BY 1, utc_offset_min
),
weighed AS (
  SELECT
    of_rows.*,
    unusual.* EXCLUDE (minute, utc_offset_min, first_ts, row_count, shortest_ms, first_weight_ms, excess),
    of_rows.row_count * $usual_ms::DOUBLE + coalesce(excess, 0) AS weight_ms,
    CASE
      WHEN unusual.row_count = of_rows.row_count THEN shortest_ms
      ELSE least(shortest_ms, $usual_ms::DOUBLE)
    END AS shortest_ms,
    CASE
      WHEN unusual.first_ts = of_rows.first_ts THEN first_weight_ms
      ELSE $usual_ms::DOUBLE
    END AS first_weight_ms
  FROM of_rows
  LEFT JOIN unusual ON unusual.minute = of_rows.minute AND unusual.utc_offset_min IS NOT DISTINCT FROM of_rows.utc_offset_min
)
SELECT
  minute,
  epoch_ms(first_ts) AS first_ms,
  epoch_ms(last_ts) AS last_ms,
  utc_offset_min,
  row_count,
  weight_ms,
  shortest_ms,
  first_weight_ms
  {{values}}
FROM weighed
