import type { Command } from "@commander-js/extra-typings";
import { examples } from "../command.ts";
import type { Io } from "../io.ts";

export function declareUninstall(program: Command, io: Io): void {
  program.command("uninstall")
    .summary("undo mtr install; what was recorded stays")
    .description(
      "Ends the service that `mtr install` made and removes its file. What was recorded stays.",
    )
    .option("--dry-run", "print what would be run and removed, and change nothing", false)
    .addHelpText("after", examples([["mtr uninstall", "record no longer by itself"]]))
    .action(async ({ dryRun }) => {
      const { planService, thisMachine } = await import("../service_of_this_user.ts");
      const plan = await planService([], io);
      if (dryRun) {
        for (const { argv } of [...plan.stop, ...plan.forget]) io.out(`${argv.join(" ")}\n`);
        io.note(`and ${plan.file} would be removed`);
        return;
      }
      const { uninstall } = await import("../../service/mod.ts");
      const wasThere = await uninstall(plan, thisMachine);
      io.note(wasThere ? `removed ${plan.file}` : `nothing is installed: there is no ${plan.file}`);
    });
}
