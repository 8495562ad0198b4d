import { type MetricSample, toNumber } from "./scan_line.ts";

/** Where in a text the value of a series begins. It ends with its line. */
export interface ValuePlace {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly valueAt: number;
}

/** What stands before a value, from the end of the value before it on. */
interface Step {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly before: string;
}

/**
 * How a text in the Prometheus format is laid out: all of it but its values. An exporter's next text nearly always has
 * the same layout, and is then read by comparing whole stretches instead of scanning lines.
 */
export class TextLayout {
  readonly #steps: readonly Step[];
  readonly #after: string;

  /** @param places of all samples in the text, in its order */
  constructor(text: string, places: readonly ValuePlace[]) {
    let at = 0;
    this.#steps = places.map(({ name, labels, valueAt }) => {
      const before = text.slice(at, valueAt);
      at = text.indexOf("\n", valueAt);
      return { name, labels, before };
    });
    this.#after = text.slice(at);
  }

  /** The samples of a text; undefined where it differs in more than plain numbers. */
  read(text: string): Map<string, MetricSample[]> | undefined {
    const samples = new Map<string, MetricSample[]>();
    let at = 0;
    for (const { name, labels, before } of this.#steps) {
      if (!text.startsWith(before, at)) return undefined;
      const start = at + before.length;
      at = text.indexOf("\n", start);
      const value = at < 0 ? null : toNumber(text.slice(start, at));
      if (value === null) return undefined;
      addSample(samples, name, { labels, value });
    }
    return text.length === at + this.#after.length && text.endsWith(this.#after)
      ? samples
      : undefined;
  }
}

export function addSample(
  samples: Map<string, MetricSample[]>,
  name: string,
  sample: MetricSample,
): void {
  const family = samples.get(name);
  if (family) family.push(sample);
  else samples.set(name, [sample]);
}
