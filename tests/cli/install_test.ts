import { equal, match, rejects } from "node:assert/strict";
import { createProgram } from "../../src/cli/mod.ts";
import { UsageError } from "../../src/model/mod.ts";
import { fakeIo } from "./fake_io.ts";

const IS_LINUX = Deno.build.os === "linux";

async function mtr(...args: readonly string[]): Promise<{ out: string; notes: string }> {
  const io = fakeIo({ HOME: "/home/me", USER: "me", MTR_RECORD_PORT: "9000" });
  await createProgram(io).parseAsync([...args], { from: "user" });
  return io.written;
}

Deno.test({
  name: "mtr install --dry-run prints the unit, and what would be run",
  // On macOS it is a plist: tests/service.
  ignore: !IS_LINUX,
  async fn() {
    const { out, notes } = await mtr(
      "install",
      "--dry-run",
      "--",
      "--interval",
      "5s",
      "--data-dir",
      "/a b",
    );
    match(out, /^ExecStart=.* "record" "--quiet" "--interval" "5s" "--data-dir" "\/a b"$/m);
    match(out, /^Environment="MTR_RECORD_PORT=9000"$/m);
    match(notes, /^would be written to \/home\/me\/\.config\/systemd\/user\/mtr\.service/);
    match(notes, /^ {2}systemctl --user enable mtr\.service$/m);
    match(notes, /^its log: journalctl --user -u mtr/m);
  },
});

Deno.test("a relative folder is made absolute, because the service is started elsewhere", async () => {
  const { out } = await mtr("install", "--dry-run", "--", "--data-dir", "here");
  equal(out.includes(`${Deno.cwd()}/here`), true);
});

Deno.test("options that mtr record does not have are refused now, not in a log later", async () => {
  const cases: readonly (readonly [args: readonly string[], message: RegExp])[] = [
    [["--intervall", "5s"], /mtr record has no option `--intervall`/],
    [["now"], /mtr record has no option `now`/],
    [["--interval", "soon"], /--interval soon: not a duration/],
    [["--for", "1h"], /--for makes no sense in a service/],
  ];
  for (const [args, message] of cases) {
    await rejects(mtr("install", "--dry-run", "--", ...args), (error) => {
      equal(error instanceof UsageError, true);
      match((error as Error).message, message);
      return true;
    });
  }
});

Deno.test("from its source mtr does not install itself", () =>
  rejects(mtr("install"), /mtr runs from its source; a service needs the binary/));

Deno.test({
  name: "mtr uninstall says what it would do, or that nothing is installed",
  ignore: !IS_LINUX,
  async fn() {
    const dry = await mtr("uninstall", "--dry-run");
    match(dry.out, /^systemctl --user disable --now mtr\.service$/m);
    match((await mtr("uninstall")).notes, /^nothing is installed: there is no /);
  },
});
