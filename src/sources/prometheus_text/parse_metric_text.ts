import { type MetricSample, scanSampleLine, skipBlanks } from "./scan_line.ts";
import { type LiveSample, TextLayout, type ValuePlace } from "./text_layout.ts";

/** What an answer in the Prometheus text format 0.0.4 says. */
export interface MetricText {
  /** Samples by metric name, in the order of the text. */
  readonly samples: ReadonlyMap<string, readonly MetricSample[]>;
  /** Lines that are not of the format: skipped, never a value. */
  readonly badLines: number;
  /** The first of them, cut to 80 characters, for messages. */
  readonly firstBadLine: string | undefined;
  /** Series that came a second time: the first one counts, as for Prometheus's own scraper. */
  readonly duplicates: number;
  /** False when the text does not end with a line feed, which the format demands: it was cut off. Its last line is not used. */
  readonly isComplete: boolean;
  /** The HELP text of a metric. Looked for only when asked, since almost nobody does. */
  helpOf(name: string): string | undefined;
}

/** Reads the Prometheus text format. Never throws; text that is something else gives bad lines and no samples. */
export function parseMetricText(text: string): MetricText {
  return readAnew(text).metrics;
}

/**
 * The same for one endpoint's texts, one after the other. It remembers how the last one was laid out, which is the same
 * nearly every time: then only the values are read, into the object that was given for the last text. Whoever looked
 * something up in that need not do so again. The contents are those of `parseMetricText`, until the next call.
 */
export class MetricTextParser {
  #last: LaidOutText | undefined;

  parse(text: string): MetricText {
    if (this.#last?.layout.read(text)) return this.#last.metrics;
    const { metrics, layout } = readAnew(text);
    this.#last = layout && { metrics, layout };
    return metrics;
  }
}

interface LaidOutText {
  readonly metrics: MetricText;
  readonly layout: TextLayout;
}

/** What is being gathered while the lines go by. */
interface Gathered {
  readonly places: ValuePlace[];
  /** What the series of the places say, in whatever order their labels are written. */
  readonly meanings: Set<string>;
  readonly samples: Map<string, LiveSample[]>;
  badLines: number;
  firstBadLine: string | undefined;
  duplicates: number;
}

/** @returns with the text's layout, where nothing in it is odd */
function readAnew(text: string): { metrics: MetricText; layout: TextLayout | undefined } {
  const gathered: Gathered = {
    places: [],
    meanings: new Set(),
    samples: new Map(),
    badLines: 0,
    firstBadLine: undefined,
    duplicates: 0,
  };
  let start = 0;
  for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
    readLine(text, start, end, gathered);
    start = end + 1;
  }
  const { places, samples, badLines, firstBadLine, duplicates } = gathered;
  const isComplete = start === text.length && text !== "";
  const isOdd = badLines > 0 || duplicates > 0 || !isComplete;
  return {
    metrics: {
      samples,
      badLines,
      firstBadLine,
      duplicates,
      isComplete,
      helpOf: (name) => findHelp(text, name),
    },
    layout: isOdd ? undefined : new TextLayout(text, places),
  };
}

function readLine(text: string, lineStart: number, end: number, gathered: Gathered): void {
  const start = skipBlanks(text, lineStart, end);
  if (start === end || text.charCodeAt(start) === HASH) return;
  const scanned = scanSampleLine(text, start, end);
  if (!scanned) {
    gathered.badLines++;
    gathered.firstBadLine ??= text.slice(start, Math.min(end, start + 80));
    return;
  }
  const { name, labels, value, valueAt } = scanned;
  const meaning = meaningOf(name, labels);
  if (gathered.meanings.has(meaning)) {
    gathered.duplicates++;
    return;
  }
  gathered.meanings.add(meaning);
  const sample = { labels, value };
  gathered.places.push({ sample, valueAt });
  const family = gathered.samples.get(name);
  if (family) family.push(sample);
  else gathered.samples.set(name, [sample]);
}

function meaningOf(name: string, labels: ReadonlyMap<string, string>): string {
  const pairs = [...labels].map(([label, value]) => `${label}\0${value}`).sort();
  return [name, ...pairs].join("\0");
}

const HASH = 35;

function findHelp(text: string, name: string): string | undefined {
  const line = `# HELP ${name} `;
  const start = text.startsWith(line) ? 0 : text.indexOf(`\n${line}`) + 1;
  if (start === 0 && !text.startsWith(line)) return undefined;
  const end = text.indexOf("\n", start);
  return end < 0 ? undefined : text.slice(start + line.length, end);
}
