import { type MetricSample, scanSampleLine, skipBlanks, toNumber } from "./scan_line.ts";

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
  return new MetricTextParser().parse(text);
}

/** What a line says besides its value. */
interface Series {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  /** The text in which it was met last. */
  lastText: number;
}

/** What is being gathered while the lines go by. */
interface Gathered {
  readonly samples: Map<string, MetricSample[]>;
  badLines: number;
  firstBadLine: string | undefined;
  duplicates: number;
}

const MAX_REMEMBERED = 20_000;

/**
 * The same for one endpoint's texts, one after the other. It remembers how names and labels are written, which are the
 * same every time: with that, a text costs a third. The results are those of `parseMetricText`.
 */
export class MetricTextParser {
  /** By the line up to its value. */
  readonly #byWriting = new Map<string, Series>();
  /** By what it says, in whatever order its labels are written. */
  readonly #byMeaning = new Map<string, Series>();
  #textNumber = 0;

  parse(text: string): MetricText {
    this.#textNumber++;
    if (this.#byWriting.size > MAX_REMEMBERED) this.#forget();
    const gathered: Gathered = {
      samples: new Map(),
      badLines: 0,
      firstBadLine: undefined,
      duplicates: 0,
    };
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      if (text.charCodeAt(start) !== HASH && end > start) {
        this.#readLine(text.slice(start, end), gathered);
      }
      start = end + 1;
    }
    const isComplete = start === text.length && text !== "";
    return { ...gathered, isComplete, helpOf: (name) => findHelp(text, name) };
  }

  #readLine(line: string, gathered: Gathered): void {
    const valueAt = line.lastIndexOf(" ") + 1;
    const remembered = this.#byWriting.get(line.slice(0, valueAt));
    const value = remembered ? toNumber(line.slice(valueAt)) : null;
    if (remembered && value !== null) return this.#add(remembered, value, gathered);
    const start = skipBlanks(line, 0, line.length);
    if (start === line.length || line.charCodeAt(start) === HASH) return;
    // A copy, because a part of a text would keep the whole text in memory.
    const copy = copyOf(line);
    const scanned = scanSampleLine(copy, start, copy.length);
    if (!scanned) {
      gathered.badLines++;
      gathered.firstBadLine ??= copy.slice(0, 80);
      return;
    }
    const series = this.#seriesOf(scanned.name, scanned.labels);
    if (scanned.valueAt === valueAt) this.#byWriting.set(copy.slice(0, valueAt), series);
    this.#add(series, scanned.value, gathered);
  }

  #add(series: Series, value: number, gathered: Gathered): void {
    if (series.lastText === this.#textNumber) {
      gathered.duplicates++;
      return;
    }
    series.lastText = this.#textNumber;
    const sample = { labels: series.labels, value };
    const family = gathered.samples.get(series.name);
    if (family) family.push(sample);
    else gathered.samples.set(series.name, [sample]);
  }

  #seriesOf(name: string, labels: ReadonlyMap<string, string>): Series {
    const pairs = [...labels].map(([label, value]) => `${label}\0${value}`).sort();
    const meaning = [name, ...pairs].join("\0");
    let series = this.#byMeaning.get(meaning);
    if (!series) this.#byMeaning.set(meaning, series = { name, labels, lastText: 0 });
    return series;
  }

  /** Only where series come and go without end: they are then met anew. */
  #forget(): void {
    this.#byWriting.clear();
    this.#byMeaning.clear();
  }
}

const HASH = 35;

function findHelp(text: string, name: string): string | undefined {
  const line = `# HELP ${name} `;
  const start = text.startsWith(line) ? 0 : text.indexOf(`\n${line}`) + 1;
  if (start === 0 && !text.startsWith(line)) return undefined;
  const end = text.indexOf("\n", start);
  return end < 0 ? undefined : text.slice(start + line.length, end);
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

function copyOf(text: string): string {
  return decoder.decode(encoder.encode(text));
}
