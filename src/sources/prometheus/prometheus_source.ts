/** Any exporter that mtr knows, at an address, as a source. */
import { type ReadRequest, type Source, SourceError, type SourceResult } from "../../model/mod.ts";
import { metricsAddress } from "../metrics_address.ts";
import { describeFamilies } from "../prometheus_text/describe_answer.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import { MetricsEndpoint, type Scrape, textNotes } from "../prometheus_text/metrics_endpoint.ts";
import type { Exporter, ExporterReader } from "./exporter.ts";
import { macmon } from "./macmon.ts";
import { mactop } from "./mactop_exporter.ts";
import { nodeExporter } from "./node_exporter.ts";

export interface PrometheusSourceOptions {
  /** Where the exporter answers; `host:port` is enough. */
  readonly url: string;
}

/** In the order in which they are tried: an exporter that passes others' metrics on still has its own. */
const EXPORTERS: readonly Exporter[] = [mactop, macmon, nodeExporter];

const PROBE_TIMEOUT_MS = 5000;

/**
 * A source that reads node_exporter, macmon or mactop.
 * @throws {UsageError} when the address is none
 */
export function createPrometheusSource({ url }: PrometheusSourceOptions): Source {
  return new PrometheusSource(metricsAddress(url));
}

class PrometheusSource implements Source {
  readonly name = "prometheus";
  readonly #endpoint: MetricsEndpoint;
  #exporter: Exporter | undefined;
  #reader: ExporterReader | undefined;
  #description = "exporter";

  constructor(url: string) {
    this.#endpoint = new MetricsEndpoint(url);
  }

  async open(signal: AbortSignal): Promise<void> {
    const probe = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
    const seen = await this.#endpoint.scrape(probe);
    signal.throwIfAborted();
    if (seen.state !== "metrics") throw noMetrics(seen);
    this.#exporter = EXPORTERS.find(({ recognises }) => recognises(seen.metrics));
    if (!this.#exporter) throw unknownExporter(seen.metrics, this.#endpoint.shown);
    this.#reader = this.#exporter.createReader();
    this.#description = this.#reader.describe(seen.metrics);
  }

  describe(): string {
    return `${this.#description} at ${this.#endpoint.shown}`;
  }

  async read(request: ReadRequest): Promise<SourceResult> {
    if (!this.#reader || !this.#exporter) return { state: "failed", reason: "not opened" };
    const seen = await this.#endpoint.scrape(request.signal);
    if (seen.state !== "metrics") return { state: "failed", reason: seen.reason };
    const { metrics } = seen;
    if (!this.#exporter.recognises(metrics)) {
      const reason = `${this.#endpoint.shown}: it answers as ${describeFamilies(metrics)}`;
      return { state: "failed", reason };
    }
    this.#description = this.#reader.describe(metrics);
    return withNotes(this.#reader.read(metrics, request), textNotes(metrics));
  }

  // deno-lint-ignore require-await -- the contract is asynchronous, a socket closes at once
  async close(): Promise<void> {
    this.#endpoint.close();
  }
}

function withNotes(result: SourceResult, notes: readonly string[]): SourceResult {
  if (result.state !== "ok" || notes.length === 0) return result;
  const all = new Set([...result.reading.notes, ...notes]);
  return { ...result, reading: { ...result.reading, notes: [...all] } };
}

function noMetrics(seen: Exclude<Scrape, { state: "metrics" }>): SourceError {
  const hint = seen.state === "silent"
    ? "is the exporter running, and reachable from here?"
    : "is the address right? exporters answer at http://HOST:PORT/metrics";
  return new SourceError(seen.reason, [hint]);
}

function unknownExporter(metrics: MetricText, address: string): SourceError {
  return new SourceError(
    `no known exporter answers at ${address}: it is ${describeFamilies(metrics)}`,
    ["mtr reads node_exporter (node_*), mactop (mactop_*) and macmon (macmon_*)"],
  );
}
