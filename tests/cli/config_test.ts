import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { SETTING_KEYS } from "../../src/config/mod.ts";
import { UsageError } from "../../src/model/mod.ts";
import { type FakeIo, fakeIo } from "./fake_io.ts";

/** A user with a home of its own: runs commands there, and reads and writes its settings file. */
interface User {
  readonly file: string;
  run(...args: readonly string[]): Promise<FakeIo["written"]>;
}

async function withUser(
  variables: Readonly<Record<string, string>>,
  use: (user: User) => Promise<void>,
): Promise<void> {
  const home = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    await use({
      file: `${home}/.config/mtr/config.toml`,
      async run(...args) {
        const io = fakeIo({ HOME: home, ...variables });
        await createProgram(io).parseAsync([...args], { from: "user" });
        return io.written;
      },
    });
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
}

Deno.test("mtr config init writes a file that mtr config check finds right, and keeps one that is there", () =>
  withUser({}, async ({ file, run }) => {
    deepEqual(await run("config", "path"), {
      out: `${file}\n`,
      notes: "it is not there yet: mtr config init\n",
    });
    match((await run("config", "check")).notes, /there is no .*; the defaults hold/);
    equal((await run("config", "init")).notes, `wrote ${file}\n`);
    equal((await run("config", "check")).notes, `${file} is right\n`);
    equal((await run("config", "path")).notes, "");
    Deno.writeTextFileSync(file, "# mine\n");
    await rejects(run("config", "init"), /is there already/);
    equal(Deno.readTextFileSync(file), "# mine\n");
    await run("config", "init", "--force");
    const { out } = await run("config", "init", "--dry-run");
    equal(Deno.readTextFileSync(file), out);
  }));

Deno.test("mtr config show says where each value comes from, in a table and for programs", () =>
  withUser({ MTR_ANALYZE_HEAT: "p95" }, async ({ file, run }) => {
    await run("config", "init");
    Deno.writeTextFileSync(file, `[record]\ninterval = "2s"\n`);
    const { out } = await run("config", "show");
    match(out, /record\.interval +│ "2s" +│ ~\/\.config\/mtr\/config\.toml:2 /);
    match(out, /analyze\.heat +│ "p95" +│ MTR_ANALYZE_HEAT /);
    match(out, /record\.port +│ 8888 +│ default /);
    const { schema_version, settings } = JSON.parse((await run("config", "show", "--json")).out);
    equal(schema_version, 1);
    deepEqual(Object.keys(settings), SETTING_KEYS);
    deepEqual(settings["record.interval"], { value: 2000, from: "~/.config/mtr/config.toml:2" });
  }));

Deno.test("mtr config check names the line of another file too", () =>
  withUser({}, async ({ file, run }) => {
    await run("config", "init");
    const other = `${file}.new`;
    Deno.writeTextFileSync(other, "[record]\nintervall = 1\n");
    await rejects(run("config", "check", other), (error) => {
      ok(error instanceof UsageError);
      match(error.message, /config\.toml\.new:2: no setting is called `record\.intervall`/);
      return true;
    });
    await rejects(run("config", "check", `${file}.gone`), /there is no settings file/);
  }));

Deno.test("a wrong settings file stops commands, but not those that explain and mend it", () =>
  withUser({}, async ({ file, run }) => {
    await run("config", "init");
    Deno.writeTextFileSync(file, "color = 1\n");
    await rejects(run("metrics"), /config\.toml:1: no setting is called `color`/);
    await rejects(run("config", "check"), /no setting is called/);
    await rejects(run("config", "show"), /no setting is called/);
    match((await run("config", "path")).out, /config\.toml\n$/);
    match((await run("help", "environment")).out, /MTR_DISPLAY_COLOR/);
    await run("config", "init", "--force");
    match((await run("metrics")).out, /cpu_pct/);
  }));
