-- Question:  when was nothing recorded for at least a minute, and what was the first row after it like?
-- Inputs:    minutes; stored_samples (only the rows that end a gap).
-- Columns:   start_ms (of the first row before), end_ms (where the next row's time begins), flags and boot_id of the
--            row that ends it, previous boot_id.
-- NULLs:     flags of a row with nothing special.
-- Cost:      a window over the minutes.
WITH neighbours AS (
  SELECT
    lag(last_ms) OVER (ORDER BY minute) AS start_ms,
    first_ms,
    first_ms - first_weight_ms AS end_ms
  FROM minutes
),
gaps AS (
  SELECT start_ms, first_ms, end_ms::BIGINT AS end_ms
  FROM neighbours
  WHERE end_ms - start_ms >= 60000
)
SELECT
  gaps.start_ms,
  gaps.end_ms,
  any_value(after.flags) AS flags,
  any_value(after.boot_id) AS boot_id,
  any_value(before.boot_id) AS previous_boot_id
FROM gaps
JOIN stored_samples AS after ON after.ts = make_timestamptz(gaps.first_ms * 1000)
JOIN stored_samples AS before ON before.ts = make_timestamptz(gaps.start_ms * 1000)
GROUP BY ALL
ORDER BY ALL
