#!/usr/bin/env python3
"""What people use instead of mtr, from Python, on mtr's own files. Called by `deno task bench`.

  peers.py modules                        which of the packages below are installed: {"duckdb": "1.5.6", ...}
  peers.py select1                        import duckdb; SELECT 1
  peers.py duckdb_exact DIR FIRST LAST    the report: count/min/max/mean/std/p50/p75/p95 of four metrics, and four
                                          weekday x hour heatmaps, of DIR/samples/host=*/date=FIRST..LAST
  peers.py polars_csv DIR FIRST LAST      the same of DIR/csv/FIRST..LAST.csv, as mactop-report's plan does it
  peers.py polars_csv_lazy DIR FIRST LAST only the columns needed, in one pass
  peers.py answers DIR FIRST LAST         the report as JSON, on mtr's decimal grid: what mtr's figures are checked against
  peers.py loop URL FILE                  mactop-report's recorder: requests, a line a second, CSV in batches of 60
"""
import glob, json, os, sys

METRICS = ['cpu_pct', 'gpu_pct', 'ram_pct', 'swap_pressure_pct']
VALUES = {'cpu_pct': 'cpu_pct', 'gpu_pct': 'gpu_pct',
          'ram_pct': '100.0 * ram_used_bytes / ram_total_bytes', 'swap_pressure_pct': '100.0 * swap_used_bytes / ram_total_bytes'}
PACKAGES = ['duckdb', 'polars', 'requests', 'numpy', 'pyarrow']


def files(pattern, first, last):
    """Paths whose date is in [first, last]; * stands for the date."""
    before, after = pattern.split('*')
    found = sorted(glob.glob(pattern))
    return [path for path in found if first <= path[len(before):len(path) - len(after)] <= last]


def day_files(folder, first, last):
    return [path for host in sorted(glob.glob(folder + '/samples/host=*')) for path in files(host + '/date=*/rows.parquet', first, last)]


def modules():
    from importlib.metadata import PackageNotFoundError, version
    found = {}
    for name in PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            pass
    print(json.dumps(found))


def select1():
    import duckdb
    duckdb.connect().execute('SELECT 1').fetchall()


def duckdb_report(paths, values):
    import duckdb
    con = duckdb.connect()
    columns = ', '.join(f'{sql} AS {metric}' for metric, sql in values.items())
    # The quickest way to a weekday and an hour: of a TIMESTAMPTZ they go through the time zone library, row by row.
    source = f'(SELECT make_timestamp(epoch_us(ts)) AS ts, {columns} FROM read_parquet({paths!r}))'
    one = 'count({0}), min({0}), max({0}), avg({0}), stddev_samp({0}), quantile_cont({0}, [0.5, 0.75, 0.95])'
    stats = con.execute(f"SELECT {', '.join(one.format(m) for m in METRICS)} FROM {source}").fetchone()
    means = ', '.join(f'avg({m})' for m in METRICS)
    cells = con.execute(f'SELECT isodow(ts), hour(ts), {means} FROM {source} GROUP BY ALL').fetchall()
    return {'stats': {m: [*stats[i * 6:i * 6 + 5], *stats[i * 6 + 5]] for i, m in enumerate(METRICS)},
            'cells': {m: [[day, hour, row[i]] for day, hour, *row in cells] for i, m in enumerate(METRICS)}}


def duckdb_exact(folder, first, last):
    print(json.dumps(duckdb_report(day_files(folder, first, last), VALUES)))


def answers(folder, first, last):
    on_grid = {metric: f'round(({sql})::DOUBLE * 100) / 100' for metric, sql in VALUES.items()}
    print(json.dumps(duckdb_report(day_files(folder, first, last), on_grid)))


def polars_columns(pl):
    share = lambda column: 100.0 * pl.col(column) / pl.col('ram_total_bytes')
    return {'ram_pct': share('ram_used_bytes'), 'swap_pressure_pct': share('swap_used_bytes')}


def polars_print(stats, cells):
    print(json.dumps({'stats': stats, 'cells': {m: len(of) for m, of in cells.items()}}))


def polars_csv(folder, first, last):
    import polars as pl
    frame = pl.scan_csv(files(folder + '/csv/*.csv', first, last), try_parse_dates=True).collect().with_columns(**polars_columns(pl))
    stats, cells = {}, {}
    for m in METRICS:
        s = frame[m]
        stats[m] = [s.count(), s.min(), s.max(), s.mean(), s.std(), *(s.quantile(p, 'linear') for p in (.5, .75, .95))]
        time = pl.col('timestamp').dt
        cells[m] = frame.group_by(time.weekday().alias('d'), time.hour().alias('h')).agg(pl.col(m).mean()).rows()
    polars_print(stats, cells)


def polars_csv_lazy(folder, first, last):
    import polars as pl
    time = pl.col('timestamp').dt
    frame = pl.scan_csv(files(folder + '/csv/*.csv', first, last), try_parse_dates=True).select(
        time.weekday().alias('d'), time.hour().alias('h'), 'cpu_pct', 'gpu_pct', **polars_columns(pl))
    parts = lambda m: [pl.col(m).count(), pl.col(m).min(), pl.col(m).max(), pl.col(m).mean(), pl.col(m).std(),
                       *(pl.col(m).quantile(p, 'linear') for p in (.5, .75, .95))]
    row, cells = pl.collect_all([
        frame.select([part.alias(f'{m}{i}') for m in METRICS for i, part in enumerate(parts(m))]),
        frame.group_by('d', 'h').agg([pl.col(m).mean() for m in METRICS])])
    row = row.row(0, named=True)
    polars_print({m: [row[f'{m}{i}'] for i in range(8)] for m in METRICS}, {m: cells[m] for m in METRICS})


def loop(url, path):
    import csv, datetime, re, requests, time
    rows, names = [], None
    while True:
        started = time.time()
        row = {'timestamp': datetime.datetime.now().isoformat()}
        for line in requests.get(url, timeout=2).text.splitlines():
            if line and line[0] != '#':
                name, value = re.match(r'^(.*) (\S+)$', line).groups()
                row[name] = float(value)
        rows.append(row)
        if names is None:
            names = list(row)
            with open(path, 'w', newline='') as file:
                csv.DictWriter(file, names).writeheader()
        if len(rows) >= 60:
            with open(path, 'a', newline='') as file:
                csv.DictWriter(file, names, extrasaction='ignore').writerows(rows)
            rows = []
        time.sleep(max(0, 1 - (time.time() - started)))


CALLS = [modules, select1, duckdb_exact, answers, polars_csv, polars_csv_lazy, loop]
if __name__ == '__main__':
    {call.__name__: call for call in CALLS}[sys.argv[1]](*sys.argv[2:])
