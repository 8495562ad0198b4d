import { type MetricSample, scanSampleLine, skipBlanks, skipWord } from "./scan_line.ts";

/** What an answer in the Prometheus text format 0.0.4 says. */
export interface MetricText {
  /** Samples by metric name, in the order of the text. */
  readonly samples: ReadonlyMap<string, readonly MetricSample[]>;
  /** HELP texts by metric name, as written. */
  readonly help: ReadonlyMap<string, string>;
  /** Lines that are not of the format: skipped, never a value. */
  readonly badLines: number;
  /** The first of them, cut to 80 characters, for messages. */
  readonly firstBadLine: string | undefined;
  /** Series that came a second time: the first one counts, as for Prometheus's own scraper. */
  readonly duplicates: number;
  /** False when the text does not end with a line feed, which the format demands: it was cut off. Its last line is not used. */
  readonly isComplete: boolean;
}

/** What is being gathered while the lines go by. */
interface Gathered {
  readonly samples: Map<string, MetricSample[]>;
  readonly help: Map<string, string>;
  readonly seen: Set<string>;
  badLines: number;
  firstBadLine: string | undefined;
  duplicates: number;
}

/** Reads the Prometheus text format. Never throws; text that is something else gives bad lines and no samples. */
export function parseMetricText(text: string): MetricText {
  const gathered: Gathered = {
    samples: new Map(),
    help: new Map(),
    seen: new Set(),
    badLines: 0,
    firstBadLine: undefined,
    duplicates: 0,
  };
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    readLine(text, start, end, gathered);
    start = end + 1;
  }
  const { samples, help, badLines, firstBadLine, duplicates } = gathered;
  const isComplete = start === text.length && text !== "";
  return { samples, help, badLines, firstBadLine, duplicates, isComplete };
}

const HASH = 35;

function readLine(text: string, lineStart: number, end: number, gathered: Gathered): void {
  const start = skipBlanks(text, lineStart, end);
  if (start === end) return;
  if (text.charCodeAt(start) === HASH) return readComment(text, start + 1, end, gathered);
  const line = scanSampleLine(text, start, end);
  if (!line) {
    gathered.badLines++;
    gathered.firstBadLine ??= text.slice(lineStart, Math.min(end, lineStart + 80));
    return;
  }
  const key = seriesKey(line.name, line.labels);
  if (gathered.seen.has(key)) {
    gathered.duplicates++;
    return;
  }
  gathered.seen.add(key);
  const sample = { labels: line.labels, value: line.value };
  const family = gathered.samples.get(line.name);
  if (family) family.push(sample);
  else gathered.samples.set(line.name, [sample]);
}

/** Keeps HELP; everything else behind a hash (TYPE, remarks, # EOF) says nothing that mtr uses. */
function readComment(text: string, at: number, end: number, gathered: Gathered): void {
  const word = skipBlanks(text, at, end);
  if (!text.startsWith("HELP ", word)) return;
  const name = skipBlanks(text, word + 5, end);
  const nameEnd = skipWord(text, name, end);
  gathered.help.set(text.slice(name, nameEnd), text.slice(skipBlanks(text, nameEnd, end), end));
}

/** The same for the same series, in whatever order its labels are written. */
function seriesKey(name: string, labels: ReadonlyMap<string, string>): string {
  if (labels.size === 0) return name;
  const pairs: string[] = [];
  for (const [label, value] of labels) pairs.push(`${label}\0${value}`);
  if (pairs.length > 1) pairs.sort();
  return `${name}\0${pairs.join("\0")}`;
}
