import { deepEqual, equal, match } from "node:assert/strict";
import { newUser } from "./mtr.ts";

Deno.test("mtr --version prints the versions of mtr, Deno and DuckDB", async () => {
  await using mtr = newUser();
  const { code, stdout, stderr } = await mtr.run(["--version"]);
  deepEqual({ code, stderr }, { code: 0, stderr: "" });
  match(stdout, /^mtr \d+\.\d+\.\d+ \(deno \d+\.\d+\.\d+, duckdb \d+\.\d+\.\d+, \w+ \w+\)\n$/);
});

Deno.test("mtr --help, mtr -h and mtr alone print the commands and examples", async () => {
  await using mtr = newUser();
  const help = await mtr.run(["--help"]);
  deepEqual({ code: help.code, stderr: help.stderr }, { code: 0, stderr: "" });
  match(help.stdout, /^Usage: mtr /);
  match(help.stdout, /mtr record/);
  match(help.stdout, /mtr analyze --week/);
  deepEqual(await mtr.run(["-h"]), help);
  deepEqual(await mtr.run([]), help);
});

Deno.test("every command has help with examples", async (t) => {
  await using mtr = newUser();
  const { stdout } = await mtr.run(["--help"]);
  const commands = commandsIn(stdout);
  for (const command of ["record", "stop", "status", "analyze", "query", "metrics", "doctor"]) {
    equal(commands.includes(command), true, `${command} is not in the help`);
  }
  for (const command of commands) {
    await t.step(command, async () => {
      const help = await mtr.run([command, "--help"]);
      deepEqual({ code: help.code, stderr: help.stderr }, { code: 0, stderr: "" });
      match(help.stdout, new RegExp(`^Usage: mtr ${command}\\b`));
      match(help.stdout, new RegExp(`^Examples?:[^]*\\bmtr ${command}\\b`, "m"));
    });
  }
});

Deno.test("an unknown command or option is wrong usage, and the nearest is named", async () => {
  await using mtr = newUser();
  const command = await mtr.run(["analyse"]);
  deepEqual({ code: command.code, stdout: command.stdout }, { code: 2, stdout: "" });
  match(command.stderr, /analyze/);
  const option = await mtr.run(["record", "--intervall", "1s"]);
  deepEqual({ code: option.code, stdout: option.stdout }, { code: 2, stdout: "" });
  match(option.stderr, /--interval\b/);
});

Deno.test("mtr leaves nothing behind for help: no data folder, no cache", async () => {
  await using mtr = newUser();
  await mtr.run(["--help"], { env: { XDG_CACHE_HOME: `${mtr.home}/cache`, TMPDIR: mtr.folder } });
  deepEqual([...Deno.readDirSync(mtr.home)].map(({ name }) => name), ["some folder"]);
  deepEqual([...Deno.readDirSync(mtr.folder)], []);
});

/** The first words of the lines under `Commands:`. */
function commandsIn(help: string): readonly string[] {
  const [, list = ""] = help.split(/^Commands:\n/m);
  return [...list.split("\n\n")[0]?.matchAll(/^ {2}([a-z]+)/gm) ?? []].map(([, name = ""]) => name);
}
