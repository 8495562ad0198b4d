-- Question:  how often, and for how long, did a metric have each of its values in a month?
-- Inputs:    {{counts}}: the month's days.
-- Columns:   metric, value, n (rows), weight_ms.
-- NULLs:     none.
-- Cost:      a pass over some two million counted values; one report on a year then reads a tenth of them.
SELECT metric, value, sum(n) AS n, sum(weight_ms) AS weight_ms
FROM {{counts}}
GROUP BY metric, value
