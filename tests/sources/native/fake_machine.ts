/** A machine out of a fixture: a folder with `proc` and `sys` that tests may change while a source reads it. */
import type { SourceResult } from "../../../src/model/mod.ts";
import { createNativeSource, type NativeSourceOptions } from "../../../src/sources/native/mod.ts";

const FIXTURES = new URL("../../fixtures/native/", import.meta.url);

export interface FakeFile {
  readonly path: string;
  readonly text: string;
  readonly linkTarget: string | undefined;
}

export class FakeMachine implements Disposable {
  readonly root = Deno.makeTempDirSync({ prefix: "mtr-machine-" });

  constructor(...fixtures: string[]) {
    // The roots are there on every machine.
    Deno.mkdirSync(`${this.root}/proc`);
    Deno.mkdirSync(`${this.root}/sys`);
    for (const fixture of fixtures) this.apply(fixture);
  }

  /** Writes the files of a fixture over what is there. */
  apply(fixture: string): void {
    for (const { path, text, linkTarget } of filesOf(fixture)) {
      if (linkTarget === undefined) this.write(path, text);
      else Deno.symlinkSync(linkTarget, this.#reach(path));
    }
  }

  write(path: string, text: string | Uint8Array): void {
    const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
    Deno.writeFileSync(this.#reach(path), bytes);
  }

  remove(path: string): void {
    Deno.removeSync(`${this.root}/${path}`, { recursive: true });
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.root, { recursive: true });
  }

  #reach(path: string): string {
    const full = `${this.root}/${path}`;
    Deno.mkdirSync(full.slice(0, full.lastIndexOf("/")), { recursive: true });
    return full;
  }
}

/** The files that a fixture describes. */
export function filesOf(fixture: string): FakeFile[] {
  const text = Deno.readTextFileSync(new URL(`${fixture}.txt`, FIXTURES));
  return text.split(/^=== /m).slice(1).map((section) => {
    const end = section.indexOf("\n");
    const [path = "", linkTarget] = section.slice(0, end).split(" -> ");
    return { path, text: section.slice(end + 1), linkTarget };
  });
}

/** A source on a fake machine whose clock stands still, and a way to read it at a time of the test's choice. */
export function sourceOn(machine: FakeMachine, options: NativeSourceOptions = {}) {
  const source = createNativeSource({
    os: "linux",
    procRoot: `${machine.root}/proc`,
    sysRoot: `${machine.root}/sys`,
    path: "",
    clock: { monotonicMs: () => 0 },
    spaceOf: () => ({ totalBytes: 1000, usedBytes: 400 }),
    ...options,
  });
  const { signal } = new AbortController();
  return {
    source,
    open: () => source.open(signal),
    read: (monotonicMs: number, wantSeries = false) =>
      source.read({ monotonicMs, wantSeries, signal }),
  };
}

/** Opens, lets the test change the machine, reads two seconds later with series, closes. */
export async function readTwoSecondsLater(
  machine: FakeMachine,
  change: () => void = () => {},
  options: NativeSourceOptions = {},
) {
  const { source, open, read } = sourceOn(machine, options);
  try {
    await open();
    change();
    return readingOf(await read(2000, true));
  } finally {
    await source.close();
  }
}

/** The reading of a result that must have one; series as "metric label" → value. */
export function readingOf(result: SourceResult) {
  if (result.state !== "ok") throw new Error(`${result.state}: ${result.reason}`);
  const { values, series, notes } = result.reading;
  const labelled = Object.fromEntries(
    series.map(({ metric, label, value }) => [`${metric} ${label}`, value]),
  );
  return { values, labelled, notes };
}
