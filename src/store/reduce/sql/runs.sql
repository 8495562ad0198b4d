-- Question:  in which stretches was something recorded without a break of a minute or more?
-- Inputs:    minutes; stored_samples (only the rows at the ends of the stretches are read).
-- Columns:   first_ms, last_ms of its rows, first_weight_ms (the time that its first row stands for), row_count,
--            recorded_ms, shortest_ms, flags and boot_id of the first row, last_boot_id of the last.
-- NULLs:     flags of a row with nothing special.
-- Cost:      a window over the minutes.
WITH marked AS (
  SELECT
    *,
    coalesce(first_ms - first_weight_ms - max(last_ms) OVER before >= 60000, true) AS begins
  FROM minutes
  -- A minute can stand in two rows: see minutes.sql.
  WINDOW before AS (ORDER BY first_ms ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
numbered AS (
  SELECT *, sum(begins::INTEGER) OVER (ORDER BY first_ms) AS run
  FROM marked
),
ends AS (
  SELECT
    min(first_ms) AS first_ms,
    max(last_ms) AS last_ms,
    arg_min(first_weight_ms, first_ms) AS first_weight_ms,
    sum(row_count) AS row_count,
    sum(weight_ms) AS recorded_ms,
    min(shortest_ms) AS shortest_ms
  FROM numbered
  GROUP BY run
),
boundary_rows AS (
  SELECT epoch_ms(ts) AS ms, any_value(flags) AS flags, any_value(boot_id) AS boot_id
  FROM stored_samples
  WHERE ts IN (
    SELECT make_timestamptz(first_ms * 1000) FROM ends UNION ALL SELECT make_timestamptz(last_ms * 1000) FROM ends
  )
  GROUP BY ALL
)
SELECT
  ends.*,
  first_rows.flags,
  first_rows.boot_id,
  last_rows.boot_id AS last_boot_id
FROM ends
LEFT JOIN boundary_rows AS first_rows ON first_rows.ms = ends.first_ms
LEFT JOIN boundary_rows AS last_rows ON last_rows.ms = ends.last_ms
ORDER BY first_ms
