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
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([["mtr fold", "fold now, for instance before copying the files"]]),
    )
    .action(async ({ quiet, dataDir }) => {
      const { foldJournal } = await import("../../store/mod.ts");
      const { files, rows, segments, notes } = await foldJournal(folderFrom({ dataDir }, io));
      for (const note of notes) io.note(note);
      if (!quiet) io.note(`folded ${rows} rows of ${segments} segments into ${files} files`);
    });
}
