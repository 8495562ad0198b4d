-- Question:  how is each metric distributed within each hour of the week, in a month?
-- Inputs:    {{hours}}: the month's local hours.
-- Columns:   metric, cell (hours since Monday 0:00), bin, weight_ms.
-- NULLs:     none.
-- Cost:      a pass over some two million bins.
SELECT metric, cell, bin, sum(weight_ms) AS weight_ms
FROM (
  -- Hours since Monday 1970-01-05, in local time; 168 hours later the same cell comes again.
  SELECT metric, (local_hour - 96) % 168 AS cell, unnest(bins) AS bin, unnest(bin_weights) AS weight_ms
  FROM {{hours}}
)
GROUP BY metric, cell, bin
