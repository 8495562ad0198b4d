/** Which devices count towards the machine's total, so that nothing is counted twice. */
import type { Counts } from "./counters.ts";

export class DeviceFilter {
  readonly #isPreferred: (name: string) => boolean;
  readonly #isPossible: (name: string) => boolean;
  /** Decisions so far: sysfs is asked once a device, not at each read. */
  #counting: ReadonlyMap<string, boolean> = new Map();

  /** `isPossible` decides only on machines without any preferred device, such as containers. */
  constructor(rules: {
    isPreferred: (name: string) => boolean;
    isPossible: (name: string) => boolean;
  }) {
    this.#isPreferred = rules.isPreferred;
    this.#isPossible = rules.isPossible;
  }

  /** Whether a device counts or has not been seen yet: lets a parser skip the others. */
  mayCount = (name: string): boolean => this.#counting.get(name) ?? true;

  /** Only the devices that count. */
  choose(devices: Counts): Counts {
    const names = [...devices.keys()];
    if (names.some((name) => !this.#counting.has(name))) {
      this.#counting = this.#decide([...this.#counting.keys(), ...names]);
    }
    return new Map([...devices].filter(([name]) => this.mayCount(name)));
  }

  /** Asks again about every device: another one may have got its name. */
  forget(): void {
    this.#counting = new Map();
  }

  #decide(names: readonly string[]): ReadonlyMap<string, boolean> {
    const preferred = new Set(names.filter(this.#isPreferred));
    const counts = preferred.size > 0
      ? (name: string) => preferred.has(name)
      : (name: string) => this.#isPossible(name);
    return new Map(names.map((name) => [name, counts(name)]));
  }
}
