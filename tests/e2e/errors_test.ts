import { deepEqual, equal, match } from "node:assert/strict";
import { newUser } from "./mtr.ts";

Deno.test("without any data exit code 3 and what to do", async (t) => {
  await using mtr = newUser();
  for (const args of [["analyze"], ["status"], ["query", "FROM samples"], ["stop"]]) {
    await t.step(args.join(" "), async () => {
      const { code, stdout, stderr } = await mtr.run(args);
      deepEqual({ code, stdout }, { code: 3, stdout: "" });
      match(stderr, /^error: nothing is (being )?recorded in/);
      match(stderr, /\n {2}\S/);
    });
  }
  deepEqual([...Deno.readDirSync(mtr.home)].map(({ name }) => name), ["some folder"]);
});

Deno.test("a range without data is exit code 3, and says what there is", async () => {
  await using mtr = newUser();
  await mtr.demo();
  const range = ["--start-date", "2020-02-03"];
  const { code, stdout, stderr } = await mtr.run(["analyze", ...range, "--json"]);
  deepEqual({ code, stdout }, { code: 3, stdout: "" });
  match(stderr, /^error: nothing was recorded on Mon 3 Feb 2020 \(UTC\)\n/);
  match(stderr, /the store begins on .* and ends on .*: try mtr analyze --since \d{4}-\d\d-\d\d\n/);
});

Deno.test("wrong usage is exit code 2, and the nearest right word is named", async (t) => {
  await using mtr = newUser();
  const wrong: readonly (readonly [args: string[], says: RegExp])[] = [
    [["analyse"], /did you mean analyze/i],
    [["record", "--intervall", "1s"], /did you mean --interval/i],
    [["record", "--interval", "1"], /1: not a duration\n.*100ms, 5s/],
    [["record", "--interval", "1ms"], /1ms: out of range\n +from 100ms to 1h/],
    [["record", "--source", "mactp"], /mactp[^]*mactop/],
    [["record", "--source", "prometheus"], /--url http:\/\/localhost:9100/],
    [["record", "--port", "99999"], /99999: not a port/],
    [["record", "--url", "ftp://x"], /not the address of metrics/],
    [["analyze", "--metrics", "cpu_pc"], /cpu_pc`; did you mean cpu_pct\?/],
    [["analyze", "--since", "someday"], /someday: not a time that mtr knows\n +examples: /],
    [["analyze", "--week", "--month"], /--week and --month each name a range/],
    [["analyze", "--since", "today", "--until", "yesterday"], /the range is empty/],
    [["analyze", "--format", "pdf"], /pdf[^]*Allowed choices are table, .*json/],
    [["analyze", "--time-zone", "Mars/Olympus"], /no such time zone/],
    [["query", "SELECT 1", "-f", "x.sql", "--data-dir", "demo"], /given twice/],
    [["metrics", "--format", "pdf"], /pdf[^]*jsonlines/],
    [["demo", "--days", "0"], /0: not a number of days/],
  ];
  // SQL is only looked at where there is data.
  await mtr.demo({ folder: "demo" });
  for (const [args, says] of wrong) {
    await t.step(args.join(" "), async () => {
      const { code, stdout, stderr } = await mtr.run(args);
      deepEqual({ code, stdout }, { code: 2, stdout: "" }, stderr);
      match(stderr, says);
    });
  }
});

Deno.test("a data folder that cannot be written is exit code 1, with another way", async () => {
  await using mtr = newUser();
  const locked = `${mtr.home}/locked`;
  Deno.mkdirSync(locked, { mode: 0o555 });
  const args = ["record", "--source", "native", "--for", "1s", "--data-dir", `${locked}/data`];
  const env = { HOME: locked, XDG_CACHE_HOME: "" };
  const { code, stdout, stderr } = await mtr.run(args, { unprivileged: true, env });
  deepEqual({ code, stdout }, { code: 1, stdout: "" });
  match(stderr, /^error: the data folder .*\/locked\/data can't be written: /);
  match(stderr, /--data-dir DIR, or set MTR_DATA_DIR/);
});

Deno.test("a data folder that may only be read can still be read", async () => {
  await using mtr = newUser();
  const data = `${mtr.home}/data`;
  await mtr.demo({ folder: data });
  equal((await mtr.shell(`chmod -R a=rX '${data}'`)).code, 0);
  // The cache folder is another's too.
  const env = { TMPDIR: "/tmp", XDG_CACHE_HOME: `${mtr.home}/cache` };
  const sql = "SELECT count(*) > 0 AS ok FROM samples";
  const args = ["query", sql, "--format", "jsonlines", "--data-dir", data];
  const answer = await mtr.run(args, { unprivileged: true, env });
  await mtr.shell(`chmod -R u=rwX '${data}'`);
  deepEqual(answer, { code: 0, stdout: '{"ok":true}\n', stderr: "" });
});

Deno.test("a damaged file is named, and hides no other day", async () => {
  await using mtr = newUser();
  await mtr.demo({ days: 3 });
  const host = `${mtr.dataDir}/samples/host=demo-laptop`;
  const days = [...Deno.readDirSync(host)].map(({ name }) => name).toSorted();
  const [first = "", second = ""] = days.map((day) => `${host}/${day}/rows.parquet`);
  // One whose end is missing, and one that is whole at both ends but not between them.
  Deno.truncateSync(first, 2000);
  const bytes = Deno.readFileSync(second);
  bytes.fill(0x55, 100, 4000);
  Deno.writeFileSync(second, bytes);
  const sql =
    "SELECT count(DISTINCT local::DATE) AS days FROM (SELECT local, cpu_pct FROM samples)";
  const { code, stdout, stderr } = await mtr.run(["query", `${sql} WHERE cpu_pct >= 0`, "--json"]);
  deepEqual({ code, days: JSON.parse(stdout) }, { code: 0, days: [{ days: 1 }] });
  match(stderr, /^note: 2 of \d+ files could not be read: /);
  match(stderr, new RegExp(days[0] ?? "-"));
  match(stderr, new RegExp(days[1] ?? "-"));
});

Deno.test("demo data does not replace recorded data, nor is recorded data mixed into it", async () => {
  await using mtr = newUser();
  const native = ["record", "--source", "native", "--interval", "200ms", "--for", "600ms"];
  equal((await mtr.run(native)).code, 0);
  const demo = await mtr.run(["demo", "--days", "1", "--data-dir", mtr.dataDir]);
  equal(demo.code, 1);
  match(demo.stderr, /holds recorded data; demo data would replace it\n/);
  await mtr.demo({ folder: "demo" });
  const mixed = await mtr.run([...native, "--data-dir", "demo"]);
  equal(mixed.code, 2);
  match(mixed.stderr, /holds demo data; a recording would be mixed with it\n/);
});
