-- Question:  how is each metric distributed within each local hour?
-- Inputs:    hour_bins (metric, local_hour, bin, weight_ms).
-- Columns:   metric, local_hour (hours since 1970 in local time as recorded), bins, bin_weights (time in each, ms).
-- NULLs:     none.
-- Cost:      a pass over one day's bins.
SELECT
  metric,
  local_hour,
  list(bin::SMALLINT ORDER BY bin) AS bins,
  list(weight_ms::INTEGER ORDER BY bin) AS bin_weights
FROM hour_bins
GROUP BY metric, local_hour
