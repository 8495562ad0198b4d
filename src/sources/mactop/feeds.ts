/** The two ways in which mactop's figures come: its /metrics, or the JSON it prints. */
import type { ReadRequest, SourceResult } from "../../model/mod.ts";
import { describeFamilies } from "../prometheus_text/describe_answer.ts";
import type { MetricsEndpoint } from "../prometheus_text/metrics_endpoint.ts";
import { parseHeadless } from "./parse_headless.ts";
import { MactopText } from "./parse_mactop.ts";
import { parseHeadlessLine } from "./split_headless.ts";

export interface Feed {
  read(request: ReadRequest): Promise<SourceResult>;
  /** The versions that its answers come from, where they tell. */
  readonly versions: string | undefined;
  /** Whether the last read found nobody there. */
  readonly isDeserted: boolean;
}

/** Scrapes `/metrics`. */
export class EndpointFeed implements Feed {
  readonly #endpoint: MetricsEndpoint;
  #text: MactopText | undefined;
  versions: string | undefined;
  isDeserted = false;

  constructor(endpoint: MetricsEndpoint) {
    this.#endpoint = endpoint;
  }

  async read({ signal, wantSeries }: ReadRequest): Promise<SourceResult> {
    const seen = await this.#endpoint.scrape(signal);
    this.isDeserted = seen.state === "silent" && seen.isRefused;
    if (seen.state !== "metrics") return { state: "failed", reason: seen.reason };
    if (this.#text?.metrics !== seen.metrics) this.#text = new MactopText(seen.metrics);
    const { generation } = this.#text;
    if (!generation) {
      const reason = `${this.#endpoint.shown}: it answers, but not as mactop: it is ` +
        describeFamilies(seen.metrics);
      return { state: "failed", reason };
    }
    const result = this.#text.read(wantSeries);
    if (result.state === "ok") this.versions = generation.versions;
    return result;
  }
}

/** Real periods are longer than the interval (0.2.7 runs system_profiler for each object), so the last one is used for a while. */
const SILENT_AFTER_MS = 10_000;
const SILENT_AFTER_INTERVALS = 5;

/** Takes the lines of `mactop --headless`; a read gives the newest one. */
export class StreamFeed implements Feed {
  readonly versions = undefined;
  readonly isDeserted = false;
  readonly #silentAfterMs: number;
  readonly #now: () => number;
  #line: string | undefined;
  #count = 0;
  #atMs = 0;

  constructor(intervalMs: number, now: () => number) {
    this.#silentAfterMs = Math.max(SILENT_AFTER_MS, SILENT_AFTER_INTERVALS * intervalMs);
    this.#now = now;
  }

  /** Takes one line of output. Only lines that are read are parsed. */
  readonly take = (line: string): void => {
    if (!/^[[,]?\s*\{/.test(line)) return;
    this.#line = line;
    this.#count++;
    this.#atMs = this.#now();
  };

  get hasData(): boolean {
    return this.#count > 0;
  }

  /** For a program that was started anew. */
  reset(): void {
    this.#line = undefined;
    this.#count = 0;
  }

  read({ wantSeries }: ReadRequest): Promise<SourceResult> {
    return Promise.resolve(this.#newest(wantSeries));
  }

  #newest(wantSeries: boolean): SourceResult {
    if (this.#line === undefined) {
      return { state: "not_ready", reason: "mactop has started, but printed no data yet" };
    }
    if (this.#now() - this.#atMs > this.#silentAfterMs) {
      const seconds = Math.round(this.#silentAfterMs / 1000);
      return { state: "failed", reason: `mactop runs, but has printed nothing for ${seconds} s` };
    }
    const object = parseHeadlessLine(this.#line);
    if (object === undefined || object === null) {
      return { state: "failed", reason: "mactop printed a line that is not JSON" };
    }
    return parseHeadless(object, { isFirst: this.#count === 1, wantSeries });
  }
}
