-- Question:  what do the footers of some files tell of their columns?
-- Inputs:    {{paths}}: a list of Parquet files.
-- Columns:   path, name of the column, rows, nulls, min, max (as text): one row a file, row group and column.
-- NULLs:     nulls, min, max where the file does not tell; min and max of a column without a value.
-- Cost:      reads only the footers.
SELECT
  file_name AS path,
  path_in_schema AS name,
  num_values AS rows,
  stats_null_count AS nulls,
  stats_min_value AS min,
  stats_max_value AS max
FROM parquet_metadata({{paths}})
