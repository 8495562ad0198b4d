-- Question:  what was each local hour of a month like, per metric?
-- Inputs:    {{quarters}}: the month's quarter-hours.
-- Columns:   metric, local_hour (hours since 1970 in local time as recorded), utc_offset_min, n, weight_ms, weighted_sum, min,
--            max. An hour in which the offset changes has a row for each.
-- NULLs:     none: a metric that is not known in an hour has no row.
-- Cost:      a pass over the month's quarter-hours.
SELECT
  metric,
  (quarter * 15 + utc_offset_min) // 60 AS local_hour,
  utc_offset_min,
  sum(n) AS n,
  sum(weight_ms) AS weight_ms,
  sum(weighted_sum) AS weighted_sum,
  min(min) AS min,
  max(max) AS max
FROM {{quarters}}
GROUP BY ALL
