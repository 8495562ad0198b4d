/** The machine itself as a source: no other program needed. Linux from `/proc` and `/sys`, macOS lightly from the runtime. */
import {
  messageOf,
  type Reading,
  type ReadRequest,
  type Source,
  SourceError,
  type SourceResult,
} from "../../model/mod.ts";
import { type Clock, systemClock } from "../../platform/mod.ts";
import { ReadingDraft } from "../reading_draft.ts";
import type { Collector, Moment } from "./collector.ts";
import type { SpaceOf } from "./file_systems.ts";
import { createLinuxCollectors } from "./linux_collectors.ts";
import { createNodeOsCollectors, type NodeOs } from "./node_os.ts";

/** All optional; the defaults are this machine. */
export interface NativeSourceOptions {
  readonly os?: typeof Deno.build.os;
  /** Where `/proc` is. */
  readonly procRoot?: string;
  /** Where `/sys` is. */
  readonly sysRoot?: string;
  /** Folders in which `nvidia-smi` is looked for, as in $PATH. */
  readonly path?: string;
  /** How often `nvidia-smi` answers; the recorder's interval. At least 1 s is used. */
  readonly intervalMs?: number;
  readonly clock?: Pick<Clock, "monotonicMs">;
  /** Space of a mounted file system. */
  readonly spaceOf?: SpaceOf;
  /** What the light source for macOS asks. */
  readonly nodeOs?: NodeOs;
}

const DISCOVER_EVERY_MS = 60_000;

/** A source that reads this machine; rates are there from the first read on, since `open` takes a first look. */
export function createNativeSource(options: NativeSourceOptions = {}): Source {
  return new NativeSource(options);
}

class NativeSource implements Source {
  readonly name = "native";
  readonly #options: NativeSourceOptions;
  readonly #clock: Pick<Clock, "monotonicMs">;
  #collectors: readonly Collector[] = [];
  #nextDiscoveryMs = 0;

  constructor(options: NativeSourceOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
  }

  async open(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.#collectors = collectorsFor(this.#options, this.#clock);
    const monotonicMs = this.#clock.monotonicMs();
    this.#discover(monotonicMs);
    const reading = this.#collect({ monotonicMs, wantSeries: true });
    if (!isEmpty(reading)) return;
    await this.close();
    throw new SourceError(NOTHING_READ, [NOTHING_READ_HINT]);
  }

  describe(): string {
    return "native";
  }

  // deno-lint-ignore require-await -- the contract is asynchronous, the kernel answers at once
  async read({ monotonicMs, wantSeries, signal }: ReadRequest): Promise<SourceResult> {
    if (signal.aborted) {
      return { state: "failed", reason: `the read was given up: ${messageOf(signal.reason)}` };
    }
    if (monotonicMs >= this.#nextDiscoveryMs) this.#discover(monotonicMs);
    const reading = this.#collect({ monotonicMs, wantSeries });
    return isEmpty(reading) ? { state: "failed", reason: NOTHING_READ } : { state: "ok", reading };
  }

  async close(): Promise<void> {
    const collectors = this.#collectors;
    this.#collectors = [];
    await Promise.all(collectors.map((collector) => collector.close?.()));
  }

  /** Which devices there are; a collector that breaks on it goes on with those it knew. */
  #discover(monotonicMs: number): void {
    this.#nextDiscoveryMs = monotonicMs + DISCOVER_EVERY_MS;
    for (const collector of this.#collectors) {
      try {
        collector.discover?.();
      } catch {
        // What is not found is absent from the readings.
      }
    }
  }

  #collect(moment: Moment): Reading {
    const draft = new ReadingDraft();
    for (const collector of this.#collectors) {
      try {
        collector.collect(draft, moment);
      } catch {
        // One subject that cannot be read must not cost the others.
        draft.note(`${collector.name}: could not be read`);
      }
    }
    return draft.finish();
  }
}

const NOTHING_READ = "the native source could read nothing of this machine";
const NOTHING_READ_HINT = "on Linux it reads /proc and /sys: are they mounted and readable here?";

function isEmpty({ values, series }: Reading): boolean {
  return series.length === 0 && Object.keys(values).length === 0;
}

function collectorsFor(
  options: NativeSourceOptions,
  clock: Pick<Clock, "monotonicMs">,
): Collector[] {
  const { os = Deno.build.os, nodeOs } = options;
  if (os === "darwin") return createNodeOsCollectors(nodeOs);
  if (os !== "linux") {
    throw new SourceError(`the native source knows Linux and macOS, not ${os}`, [
      "record from an exporter instead: mtr record --source prometheus --url …",
    ]);
  }
  return createLinuxCollectors({ ...options, clock });
}
