/** A mactop that mtr runs: started, watched, started again when it dies, stopped at the end. */
import { messageOf, type SourceResult } from "../../model/mod.ts";
import { ChildProgram, findProgram, systemClock } from "../../platform/mod.ts";
import type { MetricsEndpoint } from "../prometheus_text/metrics_endpoint.ts";
import { EndpointFeed, type Feed, StreamFeed } from "./feeds.ts";
import { hasMactopSeries } from "./generation.ts";
import {
  type LaunchPlan,
  launchPlan,
  type MactopProgram,
  versionToString,
} from "./mactop_program.ts";
import * as errors from "./open_errors.ts";
import { sudoCommand } from "./sudo_command.ts";

export interface RunnerOptions {
  readonly port: number;
  readonly intervalMs: number;
  readonly onNotice: (text: string) => void;
  readonly isMac?: boolean;
  readonly searchPath?: string;
  readonly isRoot?: boolean;
}

const READY_WITHIN_MS = 15_000;
/** Time to type a password in, as sudo itself allows. */
const READY_WITHIN_SUDO_MS = 300_000;
const POLL_MS = 100;
const FIRST_RESTART_MS = 1000;
const LAST_RESTART_MS = 60_000;

export class MactopRunner {
  /** `mactop 2.1.5` */
  readonly name: string;
  readonly feed: Feed;
  readonly #program: MactopProgram;
  readonly #endpoint: MetricsEndpoint;
  readonly #options: RunnerOptions;
  readonly #plan: LaunchPlan;
  readonly #stream: StreamFeed | undefined;
  #child: ChildProgram | undefined;
  #failure: string | undefined;
  #restartAtMs: number | undefined;
  #restartAfterMs = FIRST_RESTART_MS;

  constructor(program: MactopProgram, endpoint: MetricsEndpoint, options: RunnerOptions) {
    this.#program = program;
    this.#endpoint = endpoint;
    this.#options = options;
    this.name = `mactop ${program.version ? versionToString(program.version) : ""}`.trim();
    this.#plan = launchPlan(program.version, options);
    if (this.#plan.mode === "stream") {
      this.#stream = new StreamFeed(options.intervalMs, systemClock.monotonicMs);
    }
    this.feed = this.#stream ?? new EndpointFeed(endpoint);
  }

  get needsRoot(): boolean {
    const { isRoot = Deno.uid() === 0 } = this.#options;
    return this.#plan.mode === "sudo_endpoint" && !isRoot;
  }

  /**
   * Starts it and waits until it answers.
   * @throws {SourceError} when it does not
   */
  async open(signal: AbortSignal): Promise<Feed> {
    this.#options.onNotice(
      this.needsRoot
        ? `starting ${this.name}, which needs root: sudo may ask for your password now`
        : `starting ${this.name}; it is stopped when the recording ends`,
    );
    try {
      await this.#start();
      await this.#waitUntilReady(signal);
    } catch (error) {
      await this.close();
      throw error;
    }
    return this.feed;
  }

  /** To be called before each read: starts it again when it has ended, later and later; a result while it is down. */
  async keepRunning(monotonicMs: number): Promise<SourceResult | undefined> {
    const ending = this.#failure ?? this.#child?.ending;
    if (this.#child && ending === undefined) return undefined;
    const failed: SourceResult = { state: "failed", reason: `${this.name} ended: ${ending}` };
    // In the middle of a recording nobody is there to type a password.
    if (this.needsRoot) return failed;
    if (this.#child || this.#failure) {
      this.#restartAtMs ??= monotonicMs + this.#restartAfterMs;
      if (monotonicMs < this.#restartAtMs) return failed;
      this.#restartAfterMs = Math.min(this.#restartAfterMs * 2, LAST_RESTART_MS);
    }
    this.#restartAtMs = undefined;
    this.#options.onNotice(`starting ${this.name} again`);
    try {
      await this.#start();
      return undefined;
    } catch (error) {
      this.#failure = messageOf(error);
      return failed;
    }
  }

  /** To be called after a good read. */
  hasWorked(): void {
    this.#restartAfterMs = FIRST_RESTART_MS;
  }

  async close(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    await child?.stop();
  }

  async #start(): Promise<void> {
    this.#failure = undefined;
    this.#stream?.reset();
    const { path, options } = await this.#command();
    try {
      this.#child = ChildProgram.start(path, options);
    } catch (error) {
      throw errors.cannotStart(this.name, messageOf(error));
    }
  }

  async #command() {
    const { path } = this.#program;
    const { mode, args } = this.#plan;
    const { isMac = Deno.build.os === "darwin", searchPath } = this.#options;
    if (mode === "sudo_endpoint") {
      const sudo = this.needsRoot ? await findProgram("sudo", searchPath) ?? "sudo" : undefined;
      return sudoCommand({ path, args }, { sudo, isMac });
    }
    const output = this.#stream ? { onLine: this.#stream.take } : {};
    return { path, options: { args, env: { MACTOP_LANG: "en" }, ...output } };
  }

  async #waitUntilReady(signal: AbortSignal): Promise<void> {
    const withinMs = this.needsRoot ? READY_WITHIN_SUDO_MS : READY_WITHIN_MS;
    const giveUpAtMs = systemClock.monotonicMs() + withinMs;
    while (systemClock.monotonicMs() < giveUpAtMs) {
      const ending = this.#child?.ending;
      if (ending !== undefined) throw errors.endedAtOnce(this.name, ending, this.needsRoot);
      if (await this.#isReady(signal)) return;
      await systemClock.sleep(POLL_MS, signal);
      signal.throwIfAborted();
    }
    // A stream may need long for its first object (system_profiler): the recorder will see that it is not ready.
    if (this.#stream) return;
    throw errors.neverAnswered(this.name, this.#endpoint.shown, withinMs / 1000);
  }

  async #isReady(signal: AbortSignal): Promise<boolean> {
    if (this.#stream) return this.#stream.hasData;
    const poll = AbortSignal.any([signal, AbortSignal.timeout(1000)]);
    const seen = await this.#endpoint.scrape(poll);
    return seen.state === "metrics" && hasMactopSeries(seen.metrics);
  }
}
