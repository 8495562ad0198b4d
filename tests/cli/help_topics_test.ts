import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { parsePeriod, resolveRange } from "../../src/analysis/mod.ts";
import { createProgram } from "../../src/cli/mod.ts";
import { parseDuration, SETTING_KEYS, variableOf } from "../../src/config/mod.ts";
import * as model from "../../src/model/mod.ts";
import { fakeIo } from "./fake_io.ts";
import { readVariables } from "./read_variables.ts";

async function mtr(...args: readonly string[]): Promise<{ out: string; notes: string }> {
  const io = fakeIo();
  await createProgram(io).parseAsync([...args], { from: "user" });
  return io.written;
}

/** The terms of a topic: what stands at the beginning of its indented lines. */
function termsOf(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}(\S.*?)(?: {2,}|$)/gm)].map(([, term = ""]) => term);
}

Deno.test("mtr help time shows nothing that --since does not understand", async () => {
  const { out } = await mtr("help", "time");
  const points = out.split("Points in time:\n")[1]?.split("\n\n")[0] ?? "";
  const words = termsOf(points).flatMap((term) => term.split(", "));
  ok(words.length >= 10, String(words));
  const nowMs = Date.parse("2026-11-22T20:00:00Z");
  for (const word of words) {
    const { startMs } = resolveRange({ since: word, until: "2026-11-23" }, nowMs, "UTC");
    ok(startMs <= nowMs, word);
  }
});

Deno.test("mtr help time shows the periods of comparisons, and none that they do not understand", async () => {
  const { out } = await mtr("help", "time");
  const section = out.split("analyze --against:\n")[1]?.split("\n\n")[0] ?? "";
  const also = /also (.*), …/s.exec(section)?.[1]?.split(/,\s+/) ?? [];
  const words = [...termsOf(section).flatMap((term) => term.split(", ")), ...also];
  ok(words.length >= 10 && also.length === 2, String(words));
  const nowMs = Date.parse("2026-11-25T20:00:00Z");
  for (const word of words) {
    const { startMs, endMs } = parsePeriod(word, nowMs, "UTC");
    ok(startMs < endMs, word);
  }
  match(section, /`previous`/);
});

Deno.test("mtr help time shows no duration that an option does not understand", async () => {
  const { out } = await mtr("help", "time");
  const durations = out.split("Durations:\n")[1] ?? "";
  const examples = durations.match(/\b\d[\d.]*[a-z][\da-z]*\b/g) ?? [];
  ok(examples.length >= 7, String(examples));
  for (const example of examples) ok(parseDuration(example, "--for") > 0, example);
});

Deno.test("mtr help exit-codes has every code that an error of mtr carries", async () => {
  const { out } = await mtr("help", "exit-codes");
  const codes = termsOf(out).flatMap((term) => term.split(", "));
  deepEqual(codes, ["0", "1", "2", "3", "4", "130", "143"]);
  for (const one of Object.values(model)) {
    if (typeof one !== "function" || !(one.prototype instanceof model.MtrError)) continue;
    const { exitCode } = new (one as typeof model.UsageError)("");
    ok(codes.includes(String(exitCode)), one.name);
  }
});

Deno.test("mtr help environment has every setting, and every variable that the source reads", async () => {
  const { out } = await mtr("help", "environment");
  const terms = termsOf(out).flatMap((term) => term.split(", "));
  for (const key of SETTING_KEYS) ok(terms.includes(variableOf(key)), key);
  // A place at which tests of the store end the process; of no use to anybody else.
  const internal = ["MTR_FAIL_POINT"];
  for (const name of readVariables("src").filter((one) => !internal.includes(one))) {
    ok(terms.includes(name), `${name} is read, but mtr help environment does not say so`);
  }
});

Deno.test("mtr help metrics has every metric with its unit", async () => {
  const { out } = await mtr("help", "metrics");
  const terms = termsOf(out);
  for (const { id } of [...model.REPORTABLE_METRICS, ...model.SERIES_METRICS]) {
    ok(terms.includes(id), id);
  }
  match(out, /^ {2}cpu_pct +%: CPU in use/m);
});

Deno.test("a topic keeps to the width of the screen", async () => {
  for (const topic of ["time", "exit-codes", "environment", "metrics"]) {
    const { out } = await mtr("help", topic);
    for (const line of out.split("\n")) ok(line.length <= 80, line);
  }
});

Deno.test("mtr help with a command is the command's own help", async () => {
  const { out } = await mtr("help", "config", "show");
  match(out, /^Usage: mtr config show /);
  match((await mtr("help")).out, /^Usage: mtr /);
  match((await mtr("help", "metrics")).notes, /mtr metrics --help/);
});

Deno.test("mtr help names the nearest command or topic", async () => {
  await rejects(mtr("help", "exit-code"), /did you mean exit-codes\?/);
  await rejects(mtr("help", "recrod"), /did you mean record\?/);
  await rejects(
    mtr("help", "config", "shwo"),
    /no command of mtr config is called `shwo`; did you mean show\?/,
  );
  await rejects(mtr("help", "config", "zzzzzzzz"), (error) => {
    ok(error instanceof model.UsageError);
    equal(error.exitCode, 2);
    deepEqual(error.hints, ["there are: path, show, init, check"]);
    return true;
  });
});

Deno.test("the help of every command keeps to a screen of 80 columns, examples included", () => {
  const program = createProgram(fakeIo());
  for (const command of [program, ...program.commands]) {
    let help = "";
    command.configureOutput({ writeOut: (text) => help += text });
    command.outputHelp();
    match(help, /^Examples:\n {2}\S*mtr/m, command.name());
    for (const line of help.split("\n")) ok([...line].length <= 80, `${command.name()}: ${line}`);
  }
});
