-- Question:  how often, and for how long, did a metric have each of its values?
-- Inputs:    stored_samples; $start_ms, $end_ms; one metric: its id, its input columns, its value from them.
-- Columns:   metric, value (on the metric's decimal grid), n (rows), weight_ms (time that the rows stand for).
-- NULLs:     rows in which the metric is not known are not counted.
-- Cost:      one pass over the metric's columns. Values are on a grid, so there are at most some ten thousand groups
--            however long the range: memory stays bounded, and nothing is sorted but the groups.
SELECT {{id}} AS metric, value, sum(n) AS n, sum(weight_ms) AS weight_ms
FROM (
  -- Grouped by the stored columns first: the arithmetic is done once a group, not once a row.
  SELECT {{sql}} AS value, n, weight_ms
  FROM (
    SELECT {{inputs}}, count(*) AS n, sum(round(interval_s::DOUBLE * 1000)) AS weight_ms
    FROM stored_samples
    WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
    GROUP BY {{inputs}}
  )
)
WHERE value IS NOT NULL
GROUP BY value
