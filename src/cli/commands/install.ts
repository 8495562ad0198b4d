import type { Command } from "@commander-js/extra-typings";
import { UsageError } from "../../model/mod.ts";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";

const DONE = {
  written: "installed",
  changed: "installed anew",
  unchanged: "was installed already, and runs",
};

export function declareInstall(program: Command, io: Io): void {
  program.command("install")
    .summary("record always: from login on, and again after a crash")
    .description(
      "Installs `mtr record` as a service of this user: a systemd user unit on Linux, a launchd agent on macOS.\n" +
        "Options after -- are those of mtr record. Doing it twice is the same as once; `mtr stop` stops it until the next login.",
    )
    .argument("[options...]", "options of mtr record, after --")
    .option(
      "--dry-run",
      "print the service's file and what would be run, and change nothing",
      false,
    )
    .addHelpText(
      "after",
      examples([
        ["mtr install", "record this machine from now on"],
        ["mtr install -- --interval 5s --source native", "with options of mtr record"],
        ["mtr install --dry-run", "what would it do?"],
      ]),
    )
    .action(async (options, { dryRun }) => {
      const { planService, recordArgs, thisMachine } = await import("../service_of_this_user.ts");
      const plan = await planService(recordArgs(options, program), io);
      if (dryRun) {
        io.out(plan.text);
        io.note(`would be written to ${plan.file}, then run:`);
        for (const { argv } of plan.restart) io.note(`  ${argv.join(" ")}`);
        io.note(`its log: ${plan.log}`);
        return;
      }
      refuseFromSource();
      const { install } = await import("../../service/mod.ts");
      const outcome = await install(plan, thisMachine);
      io.note(`${DONE[outcome]}: ${plan.file}`);
      for (const line of [`its log: ${plan.log}`, "is it recording? mtr status", ...plan.notes]) {
        io.note(`  ${line}`);
      }
    });
}

/** A checkout may move or change at any time, and so may the Deno that runs it. */
function refuseFromSource(): void {
  if (Deno.build.standalone) return;
  throw new UsageError("mtr runs from its source; a service needs the binary", [
    "make one: deno task compile",
    "put it where it stays, then: ~/.local/bin/mtr install",
    "only look: mtr install --dry-run",
  ]);
}
