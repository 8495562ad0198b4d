import type { Command } from "@commander-js/extra-typings";
import { SourceError } from "../../model/mod.ts";
import { isForeground, systemTimeZone } from "../../platform/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";
import { parseTimeZone } from "../time_zone_option.ts";
import type { ImportProgress } from "../../importers/mod.ts";

const FORMATS = "mactop-report, mactop-scraper, mactop, macmon, powermetrics, csv";
/** What takes less needs no progress line. */
const PATIENCE_MS = 1000;
const REDRAW_MS = 100;

export function declareImport(program: Command, io: Io): void {
  program.command("import")
    .summary("take over what other programs have recorded")
    .description(
      "Imports CSV files of mactop-report, parts of mactop-scraper, saved output of `mactop --headless`, " +
        "`macmon pipe` and `powermetrics` (plist or text), samples of `mtr export` (CSV), and any CSV with --map.\n" +
        "What a file is, its contents say; gzip is unpacked. Importing a file again changes nothing, and a " +
        "time that is recorded already is not imported: rows that are there come first.",
    )
    .argument("<files...>", "files to import")
    .option(
      "--host <name>",
      "whose rows they are (default: as the file says, else this machine's name and -import)",
    )
    .option(
      "--time-zone <zone>",
      "zone of times without one, for example Europe/Berlin (default: the machine's)",
      parseTimeZone,
    )
    .option("--from <format>", `what the files are: ${FORMATS}`)
    .option("--map <columns>", "what the columns of a CSV are: 'time=Date, cpu_pct=cpu*100'")
    .option("--dry-run", "say what would be imported, and write nothing", false)
    .addOption(dataDirOption())
    .addHelpText(
      "after",
      examples([
        ["mtr import ~/.mactop-report-data/*.csv", "what mactop-report recorded on this machine"],
        ["mtr import --host studio --time-zone Asia/Tokyo *.csv", "of another machine"],
        ["mtr import powermetrics.plist --dry-run", "what is in it?"],
        [
          `mtr import log.csv --map 'time="Date time", cpu_pct=load*100'`,
          "any CSV",
        ],
      ]),
    )
    .action(async (files, { from, map, timeZone = systemTimeZone(), ...typed }) => {
      const { importFiles, parseColumnMap } = await import("../../importers/mod.ts");
      const summary = await import("../import_summary.ts");
      const progress = new ProgressLine(io);
      const result = await importFiles(folderFrom(typed, io), {
        ...typed,
        files,
        format: from,
        map: map === undefined ? undefined : parseColumnMap(map),
        timeZone,
        nowMs: Date.now(),
        onProgress: (step) => progress.show(step),
      }).finally(() => progress.clear());
      const problems = summary.problemLines(result);
      const notes = summary.importNotes(result).map((note) => `note: ${note}`);
      if (result.files.every(({ samples }) => samples === 0)) {
        throw new SourceError("nothing that could be imported was found", [...problems, ...notes]);
      }
      for (const line of [...problems, ...notes]) io.note(line);
      for (const line of summary.storedLines(result, { ...typed, timeZone })) io.note(line);
    });
}

/** How far it is, on a terminal and only when it takes a while. */
class ProgressLine {
  readonly #started = performance.now();
  #drawn: number | null = null;

  constructor(readonly io: Io) {}

  show(step: ImportProgress): void {
    const now = performance.now();
    if (now - this.#started < PATIENCE_MS || now - (this.#drawn ?? 0) < REDRAW_MS) return;
    if (!this.io.stderr.isTerminal || !isForeground()) return;
    this.#drawn = now;
    this.io.drawStatus(
      step.step === "reading"
        ? `reading: ${Math.floor(100 * step.bytes / Math.max(1, step.ofBytes))} %`
        : `storing day ${step.days} of ${step.ofDays}`,
    );
  }

  clear(): void {
    if (this.#drawn !== null) this.io.drawStatus("");
  }
}
