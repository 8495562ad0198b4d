import type { Command } from "@commander-js/extra-typings";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";

export function declareFold(program: Command, io: Io): void {
  program.command("fold")
    .summary("move rows from the journal into the day's Parquet files")
    .description(
      "Moves the rows of sealed journal segments into the daily Parquet files. A recording does this\n" +
        "by itself every hour, at a day's end and when it stops.",
    )
    .option("-q, --quiet", "say nothing but what went wrong", false)
    .option("--rebuild", "derive the rollups of all finished days anew", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr fold", "fold now, for instance before copying the files"],
        ["mtr fold --rebuild", "derive all rollups from the rows again"],
      ]),
    )
    .action(async ({ quiet, rebuild, dataDir }) => {
      const { foldJournal } = await import("../../store/mod.ts");
      const result = await foldJournal(folderFrom({ dataDir }, io), { rebuild });
      const { files, rows, segments, rolledUp, notes } = result;
      for (const note of notes) io.note(note);
      if (!quiet) {
        io.note(
          `folded ${rows} rows of ${segments} segments into ${files} files, rolled up ${rolledUp} days`,
        );
      }
    });
}
