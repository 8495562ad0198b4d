-- Question:  which staged labelled values are new?
-- Inputs:    staged (file, n, ts in ms, utc_offset_min, metric, label, value), stored_series (what is stored around the
--            day), new_series (what this import adds to the day already).
-- Columns:   ts, utc_offset_min, metric, label, value.
-- Method:    labelled values are stored every ten seconds: one is new if its ten seconds have none of its label.
-- NULLs:     none.
-- Cost:      a hash join.
WITH slotted AS (
  SELECT *, ts // 10000 AS slot FROM staged
  QUALIFY row_number() OVER (PARTITION BY metric, label, ts // 10000 ORDER BY ts, file, n) = 1
),
known AS (
  SELECT metric, label, epoch_ms(ts) // 10000 AS slot FROM stored_series
  UNION ALL
  SELECT metric, label, epoch_ms(ts) // 10000 FROM new_series
)
SELECT make_timestamptz(ts * 1000) AS ts, utc_offset_min, metric, label, value
FROM slotted
ANTI JOIN known USING (metric, label, slot)
