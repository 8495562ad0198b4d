-- Question:  what is the newest value of each metric in the range?
-- Inputs:    newest_samples (the newest days and the journal); $since_ms (near the end, so that little is read), $end_ms; a column a metric.
-- Columns:   one a metric, named by its id.
-- NULLs:     a metric that was not known since then.
-- Cost:      one pass over the rows since then.
SELECT {{columns}}
FROM (
  SELECT ts, {{values}}
  FROM newest_samples
  WHERE ts >= make_timestamptz($since_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
)
