import { deepEqual, equal, match, ok } from "node:assert/strict";
import { CommanderError } from "commander";
import { createProgram } from "../../src/cli/mod.ts";
import { MtrError, NoDataError, UsageError } from "../../src/model/mod.ts";
import { ScratchFolder } from "../journal/scratch_folder.ts";
import { fakeIo } from "./fake_io.ts";

/** What a command line ends with: the error, and what it has written to stderr by then. */
async function run(
  args: readonly string[],
  dataDir = "/nonexistent/mtr",
): Promise<{ readonly error: unknown; readonly said: string; readonly out: string }> {
  const io = fakeIo({ MTR_DATA_DIR: dataDir, HOME: "/nonexistent" });
  try {
    await createProgram(io, args).parseAsync([...args], { from: "user" });
    return { error: undefined, said: io.written.notes, out: io.written.out };
  } catch (error) {
    return { error, said: io.written.notes, out: io.written.out };
  }
}

Deno.test("an unknown command or option is refused, with the one that was meant", async () => {
  const cases: [args: string[], text: string, usage?: string][] = [
    [["analyse"], "error: unknown command 'analyse'\n(Did you mean analyze?)\n", "mtr"],
    [["analyze", "--weak"], "error: unknown option '--weak'\n(Did you mean --week?)\n"],
    [["compare", "7d"], "error: missing required argument 'B'\n"],
    [
      ["config", "chek"],
      "error: unknown command 'chek'\n(Did you mean check?)\n",
    ],
    [
      ["record", "--intervall", "1s"],
      "error: unknown option '--intervall'\n(Did you mean --interval?)\n",
    ],
    [
      ["query", "--formt", "csv", "x"],
      "error: unknown option '--formt'\n(Did you mean --format?)\n",
    ],
    [["analyze", "--since"], "error: option '--since <time>' argument missing\n"],
    [
      ["stop", "now"],
      "error: too many arguments for 'stop'. Expected 0 arguments but got 1: now.\n",
    ],
  ];
  for (const [args, text, usage = `mtr ${args[0]}`] of cases) {
    const { error, said, out } = await run(args);
    ok(error instanceof CommanderError && error.exitCode !== 0, args.join(" "));
    const [what = "", how = ""] = said.split("  usage: ");
    deepEqual([what, out], [text, ""]);
    match(how, new RegExp(`^${usage} .*\n  more:  ${usage} --help\n$`));
  }
});

Deno.test("a value that an option cannot take is named, with what it takes", async () => {
  const cases: [string[], string, RegExp][] = [
    [["record", "--source", "top"], "no source called `top`", /mactop, prometheus, native/],
    [["record", "--interval", "5"], "--interval 5: not a duration", /100ms, 5s/],
    [["record", "--interval", "50ms"], "--interval 50ms: out of range", /100ms to 1h/],
    [["record", "--interval", "2h"], "--interval 2h: out of range", /100ms to 1h/],
    [["record", "--for", "soon"], "--for soon: not a duration", /10m/],
    [["record", "--port", "0"], "--port 0: not a port", /1 to 65535/],
    [["record", "--port", "http"], "--port http: not a port", /1 to 65535/],
    [["analyze", "--width", "10"], "--width 10: too narrow or not a number", /at least 40/],
    [["analyze", "--time-zone", "Mars"], "--time-zone Mars: no such time zone", /Europe\/Berlin/],
    [["analyze", "--since", "soon"], "--since soon: not a time that mtr knows", /3h ago/],
    [["analyze", "--today", "--week"], "--today and --week each name a range", /one of them/],
    [
      ["analyze", "--since", "yesterday", "--until", "2020-01-01"],
      "the range is empty",
      /before --until/,
    ],
    [["analyze", "--end-date", "2026-11-01"], "--end-date needs --start-date", /--until/],
    [
      ["analyze", "--metrics", "cpu_percent"],
      "no metric called `cpu_percent`; did you mean cpu_pct?",
      /mtr metrics/,
    ],
    [
      ["analyze", "--summary", "--format", "csv"],
      "--format csv has no place for the paragraph of --summary",
      /markdown/,
    ],
    [["analyze", "--metrics", " , "], "--metrics names no metric", /mtr metrics/],
    [["demo", "--days", "0"], "--days 0: not a number of days", /from 1/],
    [["demo", "--seed", "x"], "--seed x: not a seed", /whole number/],
    [["query", "--timeout", "1", "select 1"], "--timeout 1: not a duration", /unit/],
  ];
  for (const [args, message, hint] of cases) {
    const { error } = await run(args);
    ok(error instanceof UsageError, `${args.join(" ")}: ${error}`);
    ok(error.message.startsWith(message), `${error.message}, expected ${message}`);
    match(error.hints.join("\n"), hint);
    equal(error.exitCode, 2);
  }
});

Deno.test("choices are listed where another word was given", async () => {
  for (const args of [["analyze", "--heat", "min"], ["analyze", "--format", "pdf"]]) {
    const { error, said } = await run(args);
    ok(error instanceof CommanderError && error.exitCode !== 0);
    match(said, /is invalid\. Allowed choices are (mean, p95, max|table, )/);
  }
});

Deno.test("where nothing is recorded, reading says so and how to begin", async () => {
  using folder = new ScratchFolder();
  for (const args of [["analyze"], ["query", "select 1"], ["status"]]) {
    for (const dataDir of ["/nonexistent/mtr", folder.path]) {
      const { error } = await run(args, dataDir);
      ok(error instanceof NoDataError, `${args.join(" ")}: ${error}`);
      equal(error.exitCode, 3);
      match(error.hints.join("\n"), /mtr record/);
    }
  }
});

Deno.test("a query's flags that contradict each other are refused", async () => {
  using folder = new ScratchFolder();
  folder.nameHosts("box");
  const cases: [string[], RegExp][] = [
    [["query", "select 1", "-f", "x.sql"], /given twice/],
    [["query", "select 1", "--format", "parquet"], /needs a file/],
    [["query", "-f", "/nonexistent/x.sql"], /x\.sql can't be read/],
  ];
  for (const [args, message] of cases) {
    const { error } = await run(args, folder.path);
    ok(error instanceof MtrError, `${args.join(" ")}: ${error}`);
    match(error.message, message);
  }
});
