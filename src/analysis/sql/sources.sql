-- Question:  which sources recorded in the range, how often, and when did they fail?
-- Inputs:    stored_sources; $start_ms, $end_ms.
-- Columns:   source, description (newest), interval_s (newest), failing_minutes (list of minutes since 1970 with failures).
-- NULLs:     none.
-- Cost:      one row a source and minute.
SELECT
  source,
  arg_max(description, ts) AS description,
  arg_max(round(interval_s::DOUBLE, 3), ts) AS interval_s,
  list(epoch_ms(ts) // 60000) FILTER (failures > 0) AS failing_minutes
FROM stored_sources
WHERE ts >= make_timestamptz($start_ms::BIGINT * 1000) AND ts <= make_timestamptz($end_ms::BIGINT * 1000)
GROUP BY source
ORDER BY source
