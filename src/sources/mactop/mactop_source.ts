/** mactop as a source: finds it answering, or starts it and stops it at the end. */
import type { ReadRequest, Source, SourceResult } from "../../model/mod.ts";
import { metricsAddress } from "../metrics_address.ts";
import { MetricsEndpoint, type Scrape } from "../prometheus_text/metrics_endpoint.ts";
import { EndpointFeed, type Feed } from "./feeds.ts";
import { hasMactopSeries } from "./generation.ts";
import { findMactop } from "./mactop_program.ts";
import { MactopRunner } from "./mactop_runner.ts";
import * as errors from "./open_errors.ts";
import { STALE_AFTER_MS, ValueWatch } from "./value_watch.ts";

export interface MactopSourceOptions {
  /** Where mactop answers. Given, nothing is ever started. */
  readonly url?: string;
  /** The port on this machine to look at, and to let mactop serve on; ignored with `url`. */
  readonly port: number;
  /** The recorder's interval. */
  readonly intervalMs: number;
  /** Takes what the user should know while it happens: that mactop is being started, that sudo asks for a password. */
  readonly onNotice: (text: string) => void;
  /** Whether this is a Mac, for hints and for the way of sudo. */
  readonly isMac?: boolean;
  /** Folders in which `mactop` and `sudo` are looked for, as in $PATH. */
  readonly searchPath?: string;
  /** Whether mtr itself runs as root, so that versions that need it need no sudo. */
  readonly isRoot?: boolean;
  /** After how long without any change the values are taken for those of a hung mactop. Default 60 s. */
  readonly staleAfterMs?: number;
}

const PROBE_TIMEOUT_MS = 3000;
/** Reads that find nobody before mtr starts a mactop of its own in place of the one that went away. */
const DESERTED_READS = 5;

/**
 * A source that reads mactop, whichever version and however it is to be had.
 * @throws {UsageError} when `url` is no address
 */
export function createMactopSource(options: MactopSourceOptions): Source {
  return new MactopSource(options);
}

class MactopSource implements Source {
  readonly name = "mactop";
  readonly #options: MactopSourceOptions;
  readonly #endpoint: MetricsEndpoint;
  readonly #watch: ValueWatch;
  #feed: Feed;
  #runner: MactopRunner | undefined;
  #desertedReads = 0;

  constructor(options: MactopSourceOptions) {
    this.#options = options;
    const { url, port } = options;
    this.#endpoint = new MetricsEndpoint(
      url === undefined ? `http://localhost:${port}/metrics` : metricsAddress(url),
    );
    this.#feed = new EndpointFeed(this.#endpoint);
    this.#watch = new ValueWatch(options.staleAfterMs ?? STALE_AFTER_MS);
  }

  async open(signal: AbortSignal): Promise<void> {
    const probe = AbortSignal.any([signal, AbortSignal.timeout(PROBE_TIMEOUT_MS)]);
    const seen = await this.#endpoint.scrape(probe);
    signal.throwIfAborted();
    if (seen.state === "metrics" && hasMactopSeries(seen.metrics)) return;
    if (seen.state !== "silent") throw await this.#notMactop(seen);
    if (this.#options.url !== undefined) throw errors.silentAddress(seen.reason);
    if (!seen.isRefused) throw errors.silentPort(this.#options.port, seen.reason);
    this.#runner = await this.#findRunner();
    if (!this.#runner) {
      const isMac = this.#options.isMac ?? Deno.build.os === "darwin";
      throw errors.notInstalled(this.#endpoint.shown, isMac);
    }
    this.#feed = await this.#runner.open(signal);
  }

  describe(): string {
    const name = this.#runner?.name ?? `mactop ${this.#feed.versions ?? ""}`.trim();
    return this.#options.url === undefined ? name : `${name} at ${this.#endpoint.shown}`;
  }

  async read(request: ReadRequest): Promise<SourceResult> {
    const mayBeDown = this.#runner !== undefined || this.#desertedReads >= DESERTED_READS;
    const down = mayBeDown ? await this.#keepRunning(request) : undefined;
    const result = down ?? await this.#feed.read(request);
    if (result.state === "ok") this.#runner?.hasWorked();
    this.#desertedReads = this.#feed.isDeserted ? this.#desertedReads + 1 : 0;
    return this.#watch.check(result, request.monotonicMs);
  }

  async close(): Promise<void> {
    this.#endpoint.close();
    await this.#runner?.close();
  }

  /** Starts mactop again where ours ended, and one of ours where the user's went away; a result when it is down. */
  async #keepRunning({ monotonicMs }: ReadRequest): Promise<SourceResult | undefined> {
    const isDeserted = this.#desertedReads >= DESERTED_READS && this.#options.url === undefined;
    if (!this.#runner && isDeserted) {
      this.#desertedReads = 0;
      const runner = await this.#findRunner();
      if (!runner || runner.needsRoot) return undefined;
      this.#runner = runner;
      this.#feed = runner.feed;
    }
    return this.#runner?.keepRunning(monotonicMs);
  }

  async #findRunner(): Promise<MactopRunner | undefined> {
    const program = await findMactop(this.#options.searchPath);
    return program && new MactopRunner(program, this.#endpoint, this.#options);
  }

  async #notMactop(seen: Exclude<Scrape, { state: "silent" }>) {
    const { url, port, searchPath } = this.#options;
    const isHere = url === undefined;
    return errors.notMactop(seen, isHere ? `port ${port}` : this.#endpoint.shown, {
      url: this.#endpoint.shown,
      port: isHere ? port : undefined,
      installed: isHere ? await findMactop(searchPath) : undefined,
    });
  }
}
