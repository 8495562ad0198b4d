-- Question:  how often, and for how long, did a metric have each of its values?
-- Inputs:    counted_inputs; columns that have only one value; one metric: its id, its value, and the number of the set of its
--            other columns.
-- Columns:   metric, value (on the metric's decimal grid), n (rows), weight_ms (time that the rows stand for).
-- NULLs:     rows in which the metric is not known are not counted.
-- Cost:      a pass over some ten thousand counted values: the arithmetic is done once for each, not once a row.
SELECT {{id}} AS metric, value, sum(n) AS n, sum(weight_ms) AS weight_ms
FROM (
  SELECT {{sql}} AS value, n, weight_ms
  FROM (SELECT * {{constants}} FROM counted_inputs)
  WHERE inputs = {{set}}
)
WHERE value IS NOT NULL
GROUP BY value
