import { deepEqual, equal, match, ok } from "node:assert/strict";
import { manPage } from "../../scripts/man_page.ts";
import { createProgram } from "../../src/cli/mod.ts";
import { findProgram } from "../../src/platform/mod.ts";
import { fakeIo } from "../cli/fake_io.ts";

const PAGE = manPage();

Deno.test("the man page has every command with its options, and every topic", () => {
  const { commands } = createProgram(fakeIo());
  for (const command of commands) {
    const head = PAGE.indexOf(`.SS "mtr ${command.name()}`);
    ok(head > 0, command.name());
    for (const { long, hidden } of command.options) {
      if (!hidden) {
        ok(
          PAGE.indexOf(long?.replaceAll("-", "\\-") ?? "?", head) > 0,
          `${command.name()} ${long}`,
        );
      }
    }
  }
  const sections = [...PAGE.matchAll(/^\.SH (.*)$/gm)].map(([, name]) => name);
  deepEqual(sections, [
    ...["NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "COMMANDS"],
    ...["TIME", "EXIT STATUS", "ENVIRONMENT", "METRICS", "FILES", "EXAMPLES"],
  ]);
  match(PAGE, /\\fBMTR_RECORD_INTERVAL\\fR/);
});

Deno.test("the man page begins no line of text with a request", () => {
  const requests = new Set(
    PAGE.split("\n").filter((line) => /^[.']/.test(line)).map((line) => line.split(" ")[0]),
  );
  deepEqual([...requests].sort(), [".B", ".PP", ".SH", ".SS", ".TH", ".TP", `.\\"`, ".ad", ".nh"]);
});

const groff = await findProgram("groff");

Deno.test({
  name: "groff reads the man page without a warning, and shows what can be pasted into a shell",
  // Needs groff, which man uses.
  ignore: groff === undefined,
  async fn() {
    const child = new Deno.Command(groff ?? "", {
      args: ["-man", "-Tutf8", "-Kutf8", "-ww", "-P-c"],
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    }).spawn();
    const writer = child.stdin.getWriter();
    const written = writer.write(new TextEncoder().encode(PAGE)).then(() => writer.close());
    const [{ code, stdout, stderr }] = await Promise.all([child.output(), written]);
    deepEqual([code, new TextDecoder().decode(stderr)], [0, ""]);
    // Overstrikes are bold and underlined.
    const shown = new TextDecoder().decode(stdout).replaceAll(/.[\b]/g, "");
    equal(shown.includes("mtr query 'select max(cpu_pct) from samples'"), true);
    equal(shown.includes("--series-interval <time>"), true);
  },
});
