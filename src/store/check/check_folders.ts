/** What is in the folders that mtr did not put there, or left behind. */
import { join } from "node:path";
import { type DatasetName, DATASETS, quantityText } from "../../model/mod.ts";
import { parseSegmentName } from "../../journal/mod.ts";
import { ROLLUPS } from "../rollup/kinds.ts";
import { type CheckContext, count, note, problem } from "./check_context.ts";
import type { Finding } from "./finding.ts";

const DAY_FOLDER = /^date=\d{4}-\d\d-\d\d$/;
const MONTH_FOLDER = /^month=\d{4}-\d\d$/;
const HOST_FOLDER = /^host=.+$/;
/** What mtr writes beside the datasets. */
const OWN = /^(mtr\.json(\.copy)?(\.part)?|prune\.log|.*\.lock|journal|tmp|quarantine|rollups)$/;

export function checkFolders(context: CheckContext): Finding[] {
  const { folder } = context;
  const kinds = ROLLUPS.map(({ kind }) => kind as string);
  return [
    ...foreignAtTop(context),
    ...(Object.keys(DATASETS) as DatasetName[]).flatMap((name) =>
      foreignBelow(context, folder.dataset(name), [HOST_FOLDER, DAY_FOLDER, /^rows\.parquet$/])
    ),
    ...foreignBelow(context, join(folder.path, "rollups"), [
      new RegExp(`^(${kinds.join("|")})$`),
      HOST_FOLDER,
      MONTH_FOLDER,
      /^rows\.parquet$/,
    ]),
    ...leftInJournal(context),
    ...leftInTmp(context),
    ...quarantined(context),
  ];
}

/** Readers of other programs skip hidden files as mtr does. */
function visible(context: CheckContext, path: string) {
  return context.folder.disk.list(path).filter(({ name }) => !/^[._]/.test(name));
}

function foreignAtTop(context: CheckContext): Finding[] {
  const { path } = context.folder;
  return visible(context, path)
    .filter(({ name }) => !OWN.test(name) && !(name in DATASETS))
    .map(({ name }) =>
      note(context, "file.foreign", join(path, name), {
        what: "mtr did not put it there",
        consequence: "none: mtr leaves it alone",
        remedy: "move it elsewhere if it is not yours",
      })
    );
}

/** What does not fit the pattern of its level, files and folders alike; one finding for all that is in a folder. */
function foreignBelow(
  context: CheckContext,
  path: string,
  [pattern, ...deeper]: readonly RegExp[],
): Finding[] {
  if (!pattern) return [];
  return visible(context, path).flatMap(({ name, isFolder }) => {
    const inside = join(path, name);
    const fits = pattern.test(name) && isFolder === deeper.length > 0;
    if (fits) return isFolder ? foreignBelow(context, inside, deeper) : [];
    return [problem(context, "file.foreign", inside, {
      what: `mtr did not put this ${isFolder ? "folder" : "file"} there`,
      consequence: "mtr passes it over, but programs that read the whole folder read it too",
      remedy: "moves it to quarantine",
      repair: { do: "set aside", path: inside },
    })];
  });
}

function leftInJournal(context: CheckContext): Finding[] {
  const { folder } = context;
  return visible(context, folder.journal)
    .filter(({ name }) => !parseSegmentName(name))
    .map(({ name }) => {
      const isPart = name.endsWith(".ndjson.part");
      return note(context, isPart ? "file.leftover" : "file.foreign", join(folder.journal, name), {
        what: isPart
          ? "a segment that was never begun: a recorder was killed at that moment"
          : "mtr did not put it there",
        consequence: "none: it holds no row that mtr knows of, and is passed over",
        remedy: isPart ? "the next recording writes over it" : "move it elsewhere",
      });
    });
}

function leftInTmp(context: CheckContext): Finding[] {
  const { folder } = context;
  return visible(context, folder.tmp).map(({ name }) =>
    note(context, "file.leftover", join(folder.tmp, name), {
      what: "an unfinished file of a fold that was ended",
      consequence: "none: all its rows are elsewhere",
      remedy: "the next fold removes it",
    })
  );
}

function quarantined(context: CheckContext): Finding[] {
  const { folder } = context;
  const paths = folder.disk.list(folder.quarantine).filter(({ name }) => !name.endsWith(".txt"))
    .map(({ name }) => join(folder.quarantine, name));
  if (paths.length === 0) return [];
  const bytes = paths.reduce((sum, path) => sum + (folder.disk.fileSize(path) ?? 0), 0);
  return [note(context, "file.quarantine", folder.quarantine, {
    what: `${count(paths.length, "file")}, ${quantityText("bytes", bytes)}`,
    consequence: "none: they were set aside, and a note beside each says why",
    remedy: "mtr deletes nothing there; remove what you don't need",
  })];
}
