import { HttpEndpoint } from "../../platform/mod.ts";
import { describeOtherText } from "./describe_answer.ts";
import { type MetricText, MetricTextParser } from "./parse_metric_text.ts";

/** One look at a `/metrics` address. */
export type Scrape =
  | { readonly state: "metrics"; readonly metrics: MetricText }
  /** Nothing there, or no answer; `reason` names the address. */
  | { readonly state: "silent"; readonly isRefused: boolean; readonly reason: string }
  /** Something is there, but gives no metrics. `what` says in words what its answer is, or what is wrong with it. */
  | {
    readonly state: "other";
    readonly isAnswer: boolean;
    readonly what: string;
    readonly reason: string;
  };

/** A `/metrics` address that is looked at again and again, by one caller at a time. */
export class MetricsEndpoint {
  /** The address for people: without name and password. */
  readonly shown: string;
  readonly #http: HttpEndpoint;
  readonly #parser = new MetricTextParser();

  constructor(address: string) {
    this.#http = new HttpEndpoint(address);
    this.shown = this.#http.shown;
  }

  /** One look. Never throws. */
  async scrape(signal: AbortSignal): Promise<Scrape> {
    const result = await this.#http.get(signal);
    if (result.kind === "answer") return this.#judge(result.status, result.text);
    const { kind, reason } = result;
    if (kind !== "too_large" && kind !== "broken") {
      return { state: "silent", isRefused: kind === "refused", reason };
    }
    const what = reason.slice(`${this.shown}: `.length);
    return { state: "other", isAnswer: false, what, reason };
  }

  close(): void {
    this.#http.close();
  }

  #judge(status: number, text: string): Scrape {
    if (status !== 200) return this.#other(`HTTP status ${status}`);
    const metrics = this.#parser.parse(text);
    if (metrics.samples.size === 0) return this.#other(describeOtherText(text, metrics));
    // A cut-off text has lost series, and with them what tells mactop's versions, and so its units, apart.
    if (!metrics.isComplete) return this.#other("text that is cut off in the middle of a line");
    return { state: "metrics", metrics };
  }

  #other(what: string): Scrape {
    const reason = `${this.shown}: it answers with ${what}`;
    return { state: "other", isAnswer: true, what, reason };
  }
}

/** Said with a reading when lines of the answer could not be used. */
export function textNotes({ badLines, duplicates }: MetricText): string[] {
  const notes: string[] = [];
  if (badLines > 0) notes.push("lines that are not of the Prometheus format were skipped");
  if (duplicates > 0) notes.push("series that came twice were taken once: the first counts");
  return notes;
}
