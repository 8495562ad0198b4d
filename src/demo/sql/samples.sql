-- Question:  what would a developer's laptop have recorded on one local day?
-- Inputs:    $start_ms, $end_ms of the day; $interval_ms; $seed; hours (start_ms, offset_min): the zone's offset at
--            each UTC hour.
-- Columns:   those of the samples dataset that such a laptop knows; the rest is NULL.
-- Method:    every value is a function of the seed and of the time alone, so that the same hour is the same in every
--            run. Time is cut into segments of a few minutes, each with a state (idle, editing, busy, build, GPU); the
--            hour of the week says how likely each state is. Noise is the engine's hash.
-- Cost:      about 0.1 s a day at 1 s.
WITH ticks AS (
  SELECT tick AS t, hours.offset_min, (tick // 1000)::BIGINT AS s
  -- Whole multiples of the interval, as a recorder's ticks: so the interval is the same over midnight. From one tick
  -- before the day on, so that its first row knows whether the laptop was awake.
  FROM range(
    ($start_ms::BIGINT - 1) // $interval_ms::BIGINT * $interval_ms::BIGINT, $end_ms::BIGINT, $interval_ms::BIGINT
  ) AS ticks(tick)
  JOIN hours ON hours.start_ms = tick // 3600000 * 3600000
),
clock AS (
  SELECT
    *,
    make_timestamp((t + offset_min * 60000) * 1000) AS local,
    ((t // 60000 + offset_min) // 1440)::BIGINT AS day,
    -- Segments overlap by being cut at different places for activity and for the GPU.
    s // 180 AS segment,
    s // 600 AS stretch
  FROM ticks
),
calendar AS (
  SELECT
    *,
    isodow(local) AS weekday,
    hour(local) + minute(local) / 60.0 + second(local) / 3600.0 AS h
  FROM clock
),
activity AS (
  SELECT
    *,
    -- Work from nine to six with a lunch break, less at weekends, some evenings; each day is a bit different.
    CASE WHEN weekday <= 5 THEN 0.95 ELSE 0.22 END
      * (1 / (1 + exp(-(h - 9 - rnd(day, 1)) * 3))) * (1 / (1 + exp((h - 17.5 - rnd(day, 2)) * 3)))
      * CASE WHEN h BETWEEN 12.3 AND 13.1 THEN 0.25 ELSE 1 END
    + CASE WHEN rnd(day, 3) < 0.55 THEN 0.55 ELSE 0.1 END
      * (1 / (1 + exp(-(h - 19.7) * 3))) * (1 / (1 + exp((h - 22.8) * 3))) AS act
  FROM calendar
),
awake AS (
  SELECT
    *,
    -- Lid closed at night on most days, and over lunch on some.
    NOT (
      (rnd(day, 4) < 0.7 AND h < 7.2 + 1.3 * rnd(day, 5))
      OR (rnd(day + 1, 4) < 0.7 AND h > 23.3 + 0.6 * rnd(day, 6))
      OR (rnd(day, 7) < 0.3 AND h BETWEEN 12.4 AND 12.9)
    ) AS is_awake
  FROM activity
),
woken AS (
  SELECT *, is_awake AND NOT coalesce(lag(is_awake) OVER (ORDER BY t), true) AS is_wake
  FROM awake
),
states AS (
  SELECT
    *,
    least(1, act) AS a,
    rnd(segment, 10) AS dice,
    0.7 + 0.6 * rnd(segment, 11) AS amp,
    rnd(stretch, 12) AS gpu_dice,
    rnd(t, 20) + rnd(t, 21) + rnd(t, 22) - 1.5 AS noise,
    rnd(t, 23) + rnd(t, 24) - 1 AS noise2
  FROM woken
  WHERE is_awake AND t >= $start_ms
),
loads AS (
  SELECT
    *,
    CASE
      WHEN dice < 1 - a THEN 2.2
      WHEN dice < 1 - 0.45 * a THEN 9
      WHEN dice < 1 - 0.16 * a THEN 29
      WHEN dice < 1 - 0.05 * a THEN 84
      ELSE 41
    END AS cpu_target,
    CASE
      WHEN gpu_dice < 1 - 0.30 * a THEN 0
      WHEN gpu_dice < 1 - 0.08 * a THEN 6
      WHEN gpu_dice < 1 - 0.03 * a THEN 31
      ELSE 91
    END AS gpu_target
  FROM states
),
usage AS (
  SELECT
    *,
    greatest(0.3, least(100, cpu_target * amp * (1 + 0.25 * noise) + 0.8 * abs(noise2))) AS cpu,
    CASE WHEN gpu_target = 0 THEN 0 ELSE greatest(0, least(100, gpu_target * amp * (1 + 0.2 * noise2))) END AS gpu,
    -- Browsers grow over the days since the last restart (every ninth day), and with work.
    greatest(8, least(35.6, 15.5 + 1.15 * ((day + 3) % 9) + 6.5 * a + 1.6 * sin(s / 5400.0)
      + CASE WHEN cpu_target = 84 THEN 3.4 * amp ELSE 0 END + 0.06 * noise)) AS ram_gib
  FROM loads
),
power AS (
  SELECT
    *,
    greatest(0, ram_gib - 30) * 0.55 AS swap_gib,
    0.15 + 0.30 * cpu AS cpu_w,
    CASE WHEN gpu = 0 THEN 0.01 ELSE 0.06 + 0.17 * gpu END AS gpu_w
  FROM usage
)
SELECT
  make_timestamptz(t * 1000) AS ts,
  ($interval_ms / 1000.0)::FLOAT AS interval_s,
  (1 + (4 * rnd(t, 30))::INTEGER)::INTEGER AS late_ms,
  offset_min::SMALLINT AS utc_offset_min,
  printf('demo%04d', (day + 3) // 9 % 10000) AS boot_id,
  CASE WHEN is_wake THEN 'wake' END AS flags,
  round(cpu, 2)::FLOAT AS cpu_pct,
  round(least(100, cpu * 1.5 + 4 * abs(noise2)), 2)::FLOAT AS ecpu_pct,
  round(greatest(0, least(100, cpu * 0.82 + noise)), 2)::FLOAT AS pcpu_pct,
  round(gpu, 2)::FLOAT AS gpu_pct,
  CASE WHEN gpu = 0 THEN 0 ELSE round(338 + 1240 * gpu / 100) END::SMALLINT AS gpu_mhz,
  (round(ram_gib * 1024) * 1048576)::BIGINT AS ram_used_bytes,
  (36 * 1073741824::BIGINT) AS ram_total_bytes,
  (round(swap_gib * 16) * 67108864)::BIGINT AS swap_used_bytes,
  (ceil(swap_gib) * 1073741824)::BIGINT AS swap_total_bytes,
  round(cpu_w, 2)::FLOAT AS cpu_watts,
  round(gpu_w, 2)::FLOAT AS gpu_watts,
  0::FLOAT AS ane_watts,
  round(0.25 + 0.02 * cpu, 2)::FLOAT AS dram_watts,
  round(cpu_w + gpu_w + 0.02 * cpu + 4.1 + 0.2 * noise, 2)::FLOAT AS total_watts,
  round(38 + 0.9 * cpu_w + 0.25 * gpu_w + 0.3 * noise, 1)::FLOAT AS cpu_celsius,
  round(36 + 0.5 * cpu_w + 0.8 * gpu_w + 0.3 * noise2, 1)::FLOAT AS gpu_celsius,
  CASE WHEN cpu_w + gpu_w > 30 THEN 1 ELSE 0 END::SMALLINT AS thermal_level,
  four_digits(2000 + 40000 * a * rnd(t, 40) + CASE WHEN rnd(segment, 41) < 0.05 * a THEN 4e6 * amp ELSE 0 END) AS net_rx_bytes_per_s,
  four_digits(900 + 9000 * a * rnd(t, 42) + CASE WHEN rnd(segment, 43) < 0.03 * a THEN 8e5 * amp ELSE 0 END) AS net_tx_bytes_per_s,
  four_digits(CASE WHEN rnd(t, 44) < 0.06 + 0.3 * a THEN 9e5 * amp * rnd(t, 45) ELSE 0 END) AS disk_read_bytes_per_s,
  four_digits(40000 + CASE WHEN cpu_target >= 29 THEN 6e6 * amp * rnd(t, 46) ELSE 2e5 * rnd(t, 46) END) AS disk_write_bytes_per_s,
  round(CASE WHEN weekday <= 5 AND h BETWEEN 8.5 AND 18.5 THEN 100 ELSE greatest(6, 100 - 7 * abs(h - 18)) END, 2)::FLOAT AS battery_pct,
  0::SMALLINT AS battery_charging
FROM power
ORDER BY t
