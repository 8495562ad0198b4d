import { type MetricSample, toNumber } from "./scan_line.ts";

/** A sample whose value follows the texts. */
export interface LiveSample extends MetricSample {
  value: number;
}

/** Where in a text the value of a series begins. It ends with its line. */
export interface ValuePlace {
  readonly sample: LiveSample;
  readonly valueAt: number;
}

/** A value, and what stands before it, from the end of the value before on. */
interface Step {
  readonly sample: LiveSample;
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
    this.#steps = places.map(({ sample, valueAt }) => {
      const before = text.slice(at, valueAt);
      at = text.indexOf("\n", valueAt);
      return { sample, before };
    });
    this.#after = text.slice(at);
  }

  /** Puts the values of another text into the samples; false where it differs in more than plain numbers. */
  read(text: string): boolean {
    let at = 0;
    for (const { sample, before } of this.#steps) {
      if (!text.startsWith(before, at)) return false;
      const start = at + before.length;
      at = text.indexOf("\n", start);
      const value = at < 0 ? null : toNumber(text.slice(start, at));
      if (value === null) return false;
      sample.value = value;
    }
    return text.length === at + this.#after.length && text.endsWith(this.#after);
  }
}
