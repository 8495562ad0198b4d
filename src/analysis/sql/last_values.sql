-- Question:  what is the newest value of each metric in the range?
-- Inputs:    stored_samples; $since_ms (near the end, so that little is read), $end_ms; one metric: its id and value.
-- Columns:   metric, value.
-- NULLs:     a metric that was not known since then has a NULL.
-- Cost:      the rows of the last minute in which the metric was known.
SELECT {{id}} AS metric, arg_max({{sql}}, ts) AS value
FROM stored_samples
WHERE ts >= make_timestamptz($since_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
