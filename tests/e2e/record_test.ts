import { deepEqual, equal, match } from "node:assert/strict";
import { journalRows, newUser, segments, serveFixture, until } from "./mtr.ts";

const FIXTURE = "mactop/mactop-2.1.5.metrics.txt";
const COUNT = "SELECT count(*) AS n, count(DISTINCT ts) AS ticks FROM samples";

/** How many samples the last line of a recording says that it recorded. */
function recorded(stderr: string): number {
  const found = /^recorded ([\d,]+) samples? in .+, [\d.]+ % of the time$/m.exec(stderr)?.[1];
  return Number(found?.replaceAll(",", ""));
}

Deno.test("what a mactop serves is recorded, folded when the time is over, and found again", async () => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  const args = ["--source", "mactop", "--url", mactop.url, "--interval", "200ms", "--for", "2s"];
  const { code, stdout, stderr } = await mtr.run(["record", ...args]);
  deepEqual({ code, stdout }, { code: 0, stdout: "" });
  match(stderr, /^recording mactop .* every 200 ms into .*\/mtr \(pid \d+\)\n/);
  deepEqual(segments(mtr.dataDir), []);
  deepEqual(await mtr.query(COUNT), { n: recorded(stderr), ticks: recorded(stderr) });
  // The fixture's own values: mactop_cpu_usage_percent, …{type="used"} 29.5 GiB of 48, swap 0 of 0.
  const sql =
    "SELECT DISTINCT cpu_pct, gpu_mhz, ram_used_bytes, swap_used_bytes, scpu_pct FROM samples";
  deepEqual(await mtr.query(sql), {
    cpu_pct: 17.66,
    gpu_mhz: 812,
    ram_used_bytes: 31675383808,
    swap_used_bytes: 0,
    scpu_pct: null,
  });
});

Deno.test("a recording shows in every format of analyze while it goes on", async (t) => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  await using recording = await mtr.record(["--url", mactop.url, "--interval", "100ms"]);
  await t.step("table", async () => {
    const { code, stdout, stderr } = await mtr.run(["analyze"], { env: { COLUMNS: "80" } });
    deepEqual({ code, stderr }, { code: 0, stderr: "" });
    match(stdout, /CPU/);
    match(stdout, /17\.7/);
    equal(stdout.split("\n").every((line) => line.length <= 80), true);
    equal(stdout.includes("\x1b"), false);
  });
  await t.step("json", async () => {
    const { code, stdout } = await mtr.run(["analyze", "--json"]);
    const report = JSON.parse(stdout);
    equal(code, 0);
    deepEqual([report.schema_version, report.demo, report.metrics.cpu_pct.p95], [1, false, 17.66]);
    equal(report.metrics.cpu_pct.count, report.samples);
  });
  await t.step("markdown", async () => {
    const { code, stdout } = await mtr.run(["analyze", "--format", "markdown"]);
    equal(code, 0);
    match(stdout, /^\|.*\|\n\| ?:?-+/m);
  });
  await t.step("csv", async () => {
    const { code, stdout } = await mtr.run(["analyze", "--format", "csv"]);
    const [header = "", ...rows] = stdout.trimEnd().split("\n");
    equal(code, 0);
    match(header, /^metric,unit,.*p95/);
    equal(rows.every((row) => row.split(",").length === header.split(",").length), true);
    equal(rows.some((row) => row.startsWith("cpu_pct,%,")), true);
  });
  equal((await recording.end("SIGTERM")).code, 0);
});

Deno.test("status says who records while it goes on, and stop ends it", async () => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  await using recording = await mtr.record(["--url", mactop.url, "--interval", "100ms"]);
  const during = await mtr.run(["status"]);
  deepEqual({ code: during.code, stderr: during.stderr }, { code: 0, stderr: "" });
  match(during.stdout, new RegExp(`^ recording +since .*pid ${recording.pid}\\b`));
  match(during.stdout, /^ last .*CPU 17\.7 %/m);
  match(during.stdout, /^ own cost .* % of a core/m);

  const stop = await mtr.run(["stop"]);
  deepEqual({ code: stop.code, stdout: stop.stdout }, { code: 0, stdout: "" });
  match(stop.stderr, new RegExp(`pid ${recording.pid}\\b`));
  const { code, stderr } = await recording.ended;
  equal(code, 0);
  equal(recorded(stderr) > 0, true);

  const after = JSON.parse((await mtr.run(["status", "--json"])).stdout);
  deepEqual([after.schema_version, after.recorders, after.store.days], [1, [], 1]);
  const again = await mtr.run(["stop"]);
  equal(again.code, 3);
  match(again.stderr, /^error: nothing is being recorded into /);
});

Deno.test("a second recorder of this machine is refused, with the first one's pid", async () => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  await using recording = await mtr.record(["--url", mactop.url, "--interval", "100ms"]);
  const second = await mtr.run(["record", "--url", mactop.url, "--for", "1s"]);
  deepEqual({ code: second.code, stdout: second.stdout }, { code: 2, stdout: "" });
  match(
    second.stderr,
    new RegExp(`already, by pid ${recording.pid}\\n.*mtr status\\n.*mtr stop\\n`),
  );
});

Deno.test("kill -9 loses no row: they are read from the journal, and the next recording folds them", async () => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  const args = ["--url", mactop.url, "--interval", "100ms"];
  await using recording = await mtr.record(args);
  await until("ten rows are written", () => journalRows(mtr.dataDir, "samples") >= 10);
  await recording.end("SIGKILL");
  const written = journalRows(mtr.dataDir, "samples");
  deepEqual(await mtr.query(COUNT), { n: written, ticks: written });
  match((await mtr.run(["status"])).stdout, /^ recording +no /);

  const next = await mtr.run(["record", ...args, "--for", "500ms"]);
  equal(next.code, 0);
  deepEqual(segments(mtr.dataDir), []);
  const all = written + recorded(next.stderr);
  deepEqual(await mtr.query(COUNT), { n: all, ticks: all });
});

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  Deno.test({
    name: `${signal} ends a recording cleanly`,
    // Whoever runs the tests under nohup hands its deafness down to every program.
    ignore: signal === "SIGHUP" && ignoresHangup(),
    async fn() {
      await using mtr = newUser();
      await using mactop = serveFixture(FIXTURE);
      await using recording = await mtr.record(["--url", mactop.url, "--interval", "100ms"]);
      const { code, stdout, stderr } = await recording.end(signal);
      deepEqual({ code, stdout }, { code: 0, stdout: "" });
      equal(recorded(stderr) >= 3, true, stderr);
      deepEqual(segments(mtr.dataDir), []);
    },
  });
}

Deno.test("under nohup a recording survives SIGHUP", async () => {
  await using mtr = newUser();
  await using mactop = serveFixture(FIXTURE);
  const args = ["--url", mactop.url, "--interval", "100ms"];
  await using recording = await mtr.record(args, { under: "nohup" });
  Deno.kill(recording.pid, "SIGHUP");
  const rows = journalRows(mtr.dataDir, "samples");
  await until("it has recorded on", () => journalRows(mtr.dataDir, "samples") >= rows + 5);
  equal((await recording.end("SIGTERM")).code, 0);
});

Deno.test("a source that goes away and comes back is a gap, not the end", async () => {
  await using mtr = newUser();
  const first = serveFixture(FIXTURE);
  const port = new URL(first.url).port;
  await using recording = await mtr.record(["--url", first.url, "--interval", "100ms"]);
  await first[Symbol.asyncDispose]();
  await new Promise((resolve) => setTimeout(resolve, 1000));
  await using _second = serveFixture(FIXTURE, Number(port));
  const rows = journalRows(mtr.dataDir, "samples");
  await until("it records again", () => journalRows(mtr.dataDir, "samples") > rows + 2);
  const { code, stderr } = await recording.end("SIGTERM");
  equal(code, 0);
  match(stderr, /^mtr: prometheus: .*connection/m);
  deepEqual(await mtr.query("SELECT sum(failures) > 0 AS failed FROM sources"), {
    failed: true,
  });
});

Deno.test("without mactop the error says where to get it and what to do without it", async () => {
  await using mtr = newUser();
  const { code, stdout, stderr } = await mtr.run(["record", "--source", "mactop", "--port", "1"]);
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  match(stderr, /^error: nothing answers at http:\/\/localhost:1\/metrics and no `mactop`/);
  match(stderr, /https:\/\/github\.com\/metaspartan\/mactop/);
  match(stderr, /brew install mactop/);
  match(stderr, /mtr record --source native/);
});

Deno.test("the machine itself can be recorded, with nothing else installed", async () => {
  await using mtr = newUser();
  const { code } = await mtr.run([
    "record",
    "--source",
    "native",
    "--interval",
    "200ms",
    "--for",
    "1s",
  ]);
  equal(code, 0);
  const sql =
    "SELECT bool_and(cpu_pct BETWEEN 0 AND 100 AND ram_used_bytes < ram_total_bytes) AS ok FROM samples";
  deepEqual(await mtr.query(sql), { ok: true });
});

function ignoresHangup(): boolean {
  if (Deno.build.os !== "linux") return false;
  const mask = /^SigIgn:\s*([0-9a-f]+)/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
  return (BigInt(`0x${mask ?? "0"}`) & 1n) !== 0n;
}
