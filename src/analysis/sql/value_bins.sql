-- Question:  what share of the time did each metric spend in each of some equal bins from 0 to its top?
-- Inputs:    value_counts (metric, value, n, weight_ms); tops: one row a metric, its id and where its bins end; $bins.
-- Columns:   metric, bin (0 …), share_pct of the time that the metric is known.
-- NULLs:     none: a bin without values has no row.
-- Method:    a value on the border of two bins belongs to the upper one, except the top itself; values below 0 (a
--            temperature in winter) are counted in the first bin, values above the top in the last.
-- Cost:      a pass over some ten thousand counted values a metric.
SELECT
  metric,
  least(greatest(floor(value * $bins::DOUBLE / top), 0), $bins::DOUBLE - 1)::INTEGER AS bin,
  100 * sum(weight_ms) / sum(sum(weight_ms)) OVER (PARTITION BY metric) AS share_pct
FROM value_counts
JOIN (VALUES {{tops}}) AS tops (metric, top) USING (metric)
GROUP BY metric, bin
ORDER BY metric, bin
