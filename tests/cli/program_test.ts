import { deepEqual, equal } from "node:assert/strict";
import { CommanderError } from "commander";
import { createProgram } from "../../src/cli/mod.ts";
import { fakeIo } from "./fake_io.ts";

async function helpOf(line: readonly string[], declared: readonly string[]): Promise<string> {
  const io = fakeIo({ HOME: "/nonexistent" });
  try {
    await createProgram(io, declared).parseAsync([...line], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
  }
  return io.written.out;
}

Deno.test("a line that begins with a command declares it alone, and it is the same as among all", async () => {
  for (const command of createProgram(fakeIo()).commands) {
    const line = [command.name(), "--help"];
    const alone = createProgram(fakeIo(), line).commands.map((of) => of.name());
    deepEqual(alone, [command.name()]);
    const help = await helpOf(line, line);
    equal(help.includes(`Usage: mtr ${command.name()}`), true, help);
    equal(help, await helpOf(line, []));
  }
});

Deno.test("any other line can be answered with all commands", () => {
  for (const line of [[], ["--help"], ["--color", "never", "analyze"], ["analyse"], ["toString"]]) {
    equal(createProgram(fakeIo(), line).commands.length > 15, true, line.join(" "));
  }
});
