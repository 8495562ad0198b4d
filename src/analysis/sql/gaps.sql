-- Question:  when was nothing recorded for at least a minute, and what was the first row after it like?
-- Inputs:    runs.
-- Columns:   start_ms (of the last row before), end_ms (where the next row's time begins), flags and boot_id of the row
--            that ends it, previous_boot_id.
-- NULLs:     flags of a row with nothing special.
-- Cost:      a window over the runs.
SELECT *
FROM (
  SELECT
    lag(last_ms) OVER (ORDER BY first_ms) AS start_ms,
    (first_ms - first_weight_ms)::BIGINT AS end_ms,
    flags,
    boot_id,
    lag(last_boot_id) OVER (ORDER BY first_ms) AS previous_boot_id
  FROM runs
)
WHERE end_ms - start_ms >= 60000
ORDER BY start_ms
