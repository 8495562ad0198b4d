-- Question:  where do the new rows of a day come from?
-- Inputs:    new_samples, files (file, nominal_ms, source, description).
-- Columns:   those of the sources dataset; one row a source and UTC hour, at its first new row.
-- NULLs:     read_ms, message: nobody was there.
-- Cost:      an aggregation.
SELECT
  min(ts) AS ts,
  arg_min(utc_offset_min, ts) AS utc_offset_min,
  source,
  arg_min(description, ts) AS description,
  arg_min(nominal_ms, ts) / 1000.0 AS interval_s,
  count(*)::INTEGER AS reads,
  0 AS failures,
  0 AS not_ready,
  0 AS dropped_values
FROM new_samples
JOIN files USING (file)
GROUP BY source, epoch_ms(ts) // 3600000
