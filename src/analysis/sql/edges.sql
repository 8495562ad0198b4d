-- Question:  what stands at the two ends of the range, inside and outside of it?
-- Inputs:    runs; stored_samples (of the days around the range, which are opened anyway); $start_ms, $end_ms.
-- Columns:   rows_before (count), boot_id_before; first_flags, first_boot_id, first_weight_ms of the first row inside;
--            last_boot_id of the last row inside; flags_after, boot_id_after of the first row behind.
-- NULLs:     where there is no such row near the range; flags of a row with nothing special.
-- Cost:      a pass over the few rows outside of the range.
WITH outside AS (
  SELECT
    count(*) FILTER (ts < make_timestamptz($start_ms::BIGINT * 1000)) AS rows_before,
    arg_max(boot_id, ts) FILTER (ts < make_timestamptz($start_ms::BIGINT * 1000)) AS boot_id_before,
    arg_min({ 'flags': flags, 'boot_id': boot_id }, ts) FILTER (ts >= make_timestamptz($end_ms::BIGINT * 1000)) AS after
  FROM stored_samples
  WHERE ts < make_timestamptz($start_ms::BIGINT * 1000) OR ts >= make_timestamptz($end_ms::BIGINT * 1000)
),
inside AS (
  SELECT
    arg_min({ 'flags': flags, 'boot_id': boot_id, 'weight_ms': first_weight_ms }, first_ms) AS first,
    arg_max(last_boot_id, last_ms) AS last_boot_id
  FROM runs
)
SELECT
  rows_before,
  boot_id_before,
  first.flags AS first_flags,
  first.boot_id AS first_boot_id,
  first.weight_ms AS first_weight_ms,
  last_boot_id,
  after.flags AS flags_after,
  after.boot_id AS boot_id_after
FROM outside, inside
