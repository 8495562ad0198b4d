-- Question:  how often, and for how long, did the columns of each metric have each of their values?
-- Inputs:    stored_samples; $start_ms, $end_ms; $usual_s and $usual_ms, the time that most rows stand for; the columns of all
--            metrics, but for those with only one value; for each metric the set of its own.
-- Columns:   the columns (NULL where they are not of the set), inputs (a number for the set: see countedSetOf), n (rows),
--            weight_ms (time that the rows stand for). A value may stand in two rows.
-- NULLs:     values that are not known are counted as well.
-- Cost:      one pass over the columns, of which a file's dictionary is grouped and not its rows. How long a row is is read
--            in those files only whose own statistics tell that some are unusual: the rest is counted. Values are on a grid,
--            so there are at most some ten thousand groups a set however long the range: memory stays bounded.
CREATE OR REPLACE TEMP TABLE counted_inputs AS
SELECT {{columns}}, grouping_id({{columns}}) AS inputs, count(*) AS n, count(*) * $usual_ms::DOUBLE AS weight_ms
FROM stored_samples
WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
GROUP BY GROUPING SETS ({{sets}})
UNION ALL
-- What unusual rows stand for beyond the usual.
SELECT
  {{columns}},
  grouping_id({{columns}}),
  0,
  sum(coalesce(round(interval_s::DOUBLE * 1000), 0) - $usual_ms::DOUBLE)
FROM stored_samples
WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts < make_timestamptz($end_ms::BIGINT * 1000)
  AND (interval_s <> $usual_s::FLOAT OR interval_s IS NULL)
GROUP BY GROUPING SETS ({{sets}})
