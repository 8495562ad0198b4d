import type { Command } from "@commander-js/extra-typings";
import type { DataFolder } from "../../journal/mod.ts";
import { isForeground } from "../../platform/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";

export function declareFold(program: Command, io: Io): void {
  program.command("fold")
    .summary("move rows from the journal into the day's Parquet files")
    .description(
      "Moves the rows of sealed journal segments into the daily Parquet files. A recording does this " +
        "by itself every two hours, at a day's end and when it stops.",
    )
    .option("-q, --quiet", "say nothing but what went wrong", false)
    .option("--rebuild", "derive the rollups of all finished days anew", false)
    .option("--upgrade", "rewrite a data folder of an older mtr in today's format first", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr fold", "fold now, for instance before copying the files"],
        ["mtr fold --rebuild", "derive all rollups from the rows again"],
        ["mtr fold --upgrade", "when an older mtr recorded here"],
      ]),
    )
    .action(async ({ quiet, rebuild, upgrade, dataDir }) => {
      const { foldJournal } = await import("../../store/mod.ts");
      const folder = folderFrom({ dataDir }, io);
      if (upgrade) await upgradeFirst(folder, io);
      const result = await foldJournal(folder, { rebuild });
      const { files, rows, segments, rolledUp, notes } = result;
      for (const note of notes) io.note(note);
      if (!quiet) {
        io.note(
          `folded ${rows} rows of ${segments} segments into ${files} files, rolled up ${rolledUp} days`,
        );
      }
    });
}

async function upgradeFirst(folder: DataFolder, io: Io): Promise<void> {
  const { FORMAT_VERSION, upgradeStore } = await import("../../store/mod.ts");
  const mayDraw = io.stderr.isTerminal && isForeground();
  const { files, rewritten, notes } = await upgradeStore(folder, {
    onFile: (done, all) => mayDraw && io.drawStatus(`upgrading file ${done} of ${all}`),
  }).finally(() => mayDraw && io.drawStatus(""));
  for (const note of notes) io.note(`note: ${note}`);
  io.note(
    rewritten === 0
      ? `all ${files} day files are of format ${FORMAT_VERSION}`
      : `rewrote ${rewritten} of ${files} day files to format ${FORMAT_VERSION}`,
  );
}
