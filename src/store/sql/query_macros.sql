-- Question:  shorthands of `mtr query`.
-- pctl(x, p):            the p-quantile (0 … 1, or a list) of the rows' values; each row counts once.
-- by_hour(metric):       table of weekday (1 = Monday), hour, mean (weighted by time), p95, max, samples, in local time.
-- busiest(metric, minutes := 15): table of windows, the busiest first: start_ts, end_ts, mean (weighted by time); only
--                        windows that were recorded for at least 80 %.
-- NULLs:     rows in which the metric is not known are not counted.
CREATE OR REPLACE TEMP MACRO pctl(x, p) AS quantile_cont(x, p);

CREATE OR REPLACE TEMP MACRO by_hour(metric) AS TABLE
SELECT
  isodow(local) AS weekday,
  hour(local) AS hour,
  round(sum(value * interval_s) / sum(interval_s), 2) AS mean,
  round(quantile_cont(value, 0.95), 2) AS p95,
  max(value) AS max,
  count(*) AS samples
FROM (SELECT local, interval_s, COLUMNS(lambda c: c = metric) AS value FROM samples)
WHERE value IS NOT NULL
GROUP BY ALL
ORDER BY ALL;

CREATE OR REPLACE TEMP MACRO busiest(metric, minutes := 15) AS TABLE
WITH per_minute AS (
  SELECT host, time_bucket(INTERVAL 1 MINUTE, ts) AS minute, sum(value * interval_s) AS weighted, sum(interval_s) AS weight
  FROM (SELECT host, ts, interval_s, COLUMNS(lambda c: c = metric) AS value FROM samples)
  WHERE value IS NOT NULL
  GROUP BY ALL
),
windows AS (
  SELECT
    minute - to_minutes(minutes - 1) AS start_ts,
    minute + INTERVAL 1 MINUTE AS end_ts,
    sum(weighted) OVER span / sum(weight) OVER span AS mean,
    sum(weight) OVER span AS recorded_s
  FROM per_minute
  WINDOW span AS (PARTITION BY host ORDER BY minute RANGE BETWEEN to_minutes(minutes - 1) PRECEDING AND CURRENT ROW)
)
SELECT start_ts, end_ts, round(mean, 2) AS mean
FROM windows
WHERE recorded_s >= 0.8 * 60 * minutes
ORDER BY mean DESC, start_ts;
