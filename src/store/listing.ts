/** Which files hold which rows: the day files that are whole, and the segments that are not in them yet. */
import { join } from "node:path";
import { type DatasetName, DATASETS, messageOf } from "../model/mod.ts";
import { type DataFolder, parseSegmentName, readSegmentHeader } from "../journal/mod.ts";
import { checkFooter } from "./parquet_footer.ts";

/** The one file of a dataset, host and local day. */
export interface DayFile {
  readonly dataset: DatasetName;
  readonly host: string;
  readonly date: string;
  readonly path: string;
  readonly bytes: number;
  /** Segments up to this number are in it. */
  readonly lastSeq: number;
  /** Of its footer: another one where the rows were changed. Absent where the file was not opened. */
  readonly check?: string;
}

/** A day file of which nothing has been read yet. */
export interface FoundFile extends Omit<DayFile, "lastSeq" | "check"> {
  readonly writtenMs: number;
}

/** A segment of the journal whose rows are in no day file. */
export interface PendingSegment {
  readonly dataset: DatasetName;
  readonly host: string;
  readonly date: string;
  readonly seq: number;
  readonly path: string;
  /** Its rows are in the day file already: a fold was ended before it could remove the segment. */
  readonly folded: boolean;
  /** Lines that are no rows and need not be: 1, or 0 where the header is damaged. */
  readonly headerLines: number;
}

export interface DamagedFile {
  readonly path: string;
  readonly problem: string;
}

export interface Listing {
  readonly files: readonly DayFile[];
  readonly segments: readonly PendingSegment[];
  readonly damaged: readonly DamagedFile[];
}

/** Whether rows of a dataset are in the journal. */
export function hasSegments(
  { segments }: Pick<Listing, "segments">,
  dataset: DatasetName,
): boolean {
  return segments.some((segment) => segment.dataset === dataset);
}

/** What is recorded where, by the names of files alone. */
export type RecordedDay = Pick<DayFile, "dataset" | "host" | "date">;

export interface ListOptions {
  /** Days that are looked at. */
  readonly isWanted?: (day: RecordedDay) => boolean;
  /** The last sequence number in a file, where it is known without a look into the file. */
  readonly knownSeq?: (file: FoundFile) => number | undefined;
}

/**
 * Lists a data folder. Foreign files are passed over; damaged ones are named. Hold the fold lock while it is used.
 */
export function listStore(
  folder: DataFolder,
  { isWanted = () => true, knownSeq }: ListOptions = {},
): Listing {
  const looked = lookAtFiles(folder, dayFiles(folder, isWanted), knownSeq);
  const { segments, damaged } = readSegments(folder);
  return listingOf(looked, { segments: segments.filter(isWanted), damaged });
}

/** Lists what is in the journal, and of the day files those that it belongs to: a fold every two hours need not open years. */
export function listJournal(folder: DataFolder): Listing {
  const { segments, damaged } = readSegments(folder);
  const days = new Map(segments.map((segment) => [dayKey(segment), segment]));
  const looked = lookAtFiles(
    folder,
    [...days.values()].flatMap((day) => dayFileOf(folder, day)),
  );
  return listingOf(looked, { segments, damaged });
}

/** Lists the day files of a dataset without its segments. */
export function listFiles(
  folder: DataFolder,
  dataset: DatasetName,
  { isWanted = () => true, knownSeq }: ListOptions = {},
): readonly DayFile[] {
  return lookAtFiles(folder, dayFilesOf(folder, dataset, isWanted), knownSeq).files;
}

interface LookedAt {
  readonly files: readonly DayFile[];
  readonly damaged: readonly DamagedFile[];
}

function lookAtFiles(
  folder: DataFolder,
  found: readonly FoundFile[],
  knownSeq: ListOptions["knownSeq"] = () => undefined,
): LookedAt {
  const files: DayFile[] = [];
  const damaged: DamagedFile[] = [];
  for (const one of found) {
    const { writtenMs: _, ...file } = one;
    const lastSeq = knownSeq(one);
    if (lastSeq !== undefined) {
      files.push({ ...file, lastSeq });
      continue;
    }
    const footer = checkSafely(folder, file.path);
    if (footer.whole) {
      files.push({ ...file, lastSeq: footer.lastSeq ?? 0, check: footer.check });
    } else damaged.push({ path: file.path, problem: footer.problem });
  }
  return { files, damaged };
}

/** The days of a dataset that have files or segments, without a look into the files. */
export function listDays(folder: DataFolder, dataset: DatasetName): RecordedDay[] {
  const isWanted = (day: RecordedDay) => day.dataset === dataset;
  return [...dayFiles(folder, isWanted), ...readSegments(folder).segments.filter(isWanted)];
}

/** The highest sequence number that the folder knows of for a host: new segments start above it. */
export function lastSeqOf(folder: DataFolder, host: string): number {
  // The journal first: what a fold takes from it meanwhile is in the files by then.
  const inJournal = folder.disk.list(folder.journal)
    .map(({ name }) => parseSegmentName(name))
    .filter((segment) => segment?.host === host)
    .map((segment) => segment?.seq ?? 0);
  const { files } = listStore(folder);
  const inFiles = files.filter((file) => file.host === host).map((file) => file.lastSeq);
  return [...inFiles, ...inJournal].reduce((a, b) => Math.max(a, b), 0);
}

type IsWanted = (day: RecordedDay) => boolean;

/** Only files that are wanted are looked at: there are thousands after years. */
function dayFiles(folder: DataFolder, isWanted: IsWanted): FoundFile[] {
  return (Object.keys(DATASETS) as DatasetName[])
    .flatMap((dataset) => dayFilesOf(folder, dataset, isWanted));
}

function dayFilesOf(folder: DataFolder, dataset: DatasetName, isWanted: IsWanted): FoundFile[] {
  const { disk } = folder;
  const found: FoundFile[] = [];
  for (const hostFolder of disk.list(folder.dataset(dataset))) {
    const host = hostFolder.name.match(/^host=(.+)$/)?.[1];
    if (!host) continue;
    for (const dayFolder of disk.list(join(folder.dataset(dataset), hostFolder.name))) {
      const date = dayFolder.name.match(/^date=(\d{4}-\d\d-\d\d)$/)?.[1];
      if (!date || !isWanted({ dataset, host, date })) continue;
      found.push(...dayFileOf(folder, { dataset, host, date }));
    }
  }
  return found;
}

/** The file of a day, where there is one. */
function dayFileOf(folder: DataFolder, { dataset, host, date }: RecordedDay): FoundFile[] {
  const path = join(folder.day(dataset, host, date), "rows.parquet");
  const facts = folder.disk.fileFacts(path);
  return facts ? [{ dataset, host, date, path, ...facts }] : [];
}

function checkSafely(folder: DataFolder, path: string): ReturnType<typeof checkFooter> {
  const first = checkOnce(folder, path);
  // Whoever lists without the fold lock can meet a file that is just being replaced: a whole one is there at once.
  return first.whole ? first : checkOnce(folder, path);
}

function checkOnce(folder: DataFolder, path: string): ReturnType<typeof checkFooter> {
  try {
    return checkFooter(folder.disk, path);
  } catch (error) {
    return { whole: false, problem: messageOf(error) };
  }
}

type FoundSegment = Omit<PendingSegment, "folded">;

interface FoundSegments {
  readonly segments: readonly FoundSegment[];
  readonly damaged: readonly DamagedFile[];
}

function readSegments(folder: DataFolder): FoundSegments {
  const segments: FoundSegment[] = [];
  const damaged: DamagedFile[] = [];
  for (const { name } of folder.disk.list(folder.journal)) {
    if (!parseSegmentName(name)) continue;
    const path = join(folder.journal, name);
    const header = readSegmentHeader(folder.disk, path);
    if (!header) {
      const isThere = folder.disk.fileSize(path) !== undefined;
      // Else a fold has just removed it: its rows are in the day file.
      if (isThere) damaged.push({ path, problem: "neither its header nor any row can be read" });
      continue;
    }
    const { dataset, host, date, seq } = header;
    segments.push({
      dataset,
      host,
      date,
      seq,
      path,
      headerLines: header.rescued ? 0 : 1,
    });
  }
  return { segments, damaged };
}

/** Both together: which segments are folded stands in their day's file. */
function listingOf({ files, damaged }: LookedAt, found: FoundSegments): Listing {
  const lastSeqs = new Map(files.map((file) => [dayKey(file), file.lastSeq]));
  const segments = found.segments.map((segment) => ({
    ...segment,
    folded: segment.seq <= (lastSeqs.get(dayKey(segment)) ?? 0),
  }));
  return { files, segments, damaged: [...damaged, ...found.damaged] };
}

function dayKey({ dataset, host, date }: RecordedDay): string {
  return `${dataset}/${host}/${date}`;
}
