/** Which devices count towards the machine's total, so that nothing is counted twice. */
import type { Counts } from "./counters.ts";

export class DeviceFilter {
  readonly #isPreferred: (name: string) => boolean;
  readonly #isPossible: (name: string) => boolean;
  /** sysfs is asked once a device, not at each read. */
  readonly #preferred = new Map<string, boolean>();

  /** `isPossible` decides only on machines without any preferred device, such as containers. */
  constructor(rules: {
    isPreferred: (name: string) => boolean;
    isPossible: (name: string) => boolean;
  }) {
    this.#isPreferred = rules.isPreferred;
    this.#isPossible = rules.isPossible;
  }

  /** Only the devices that count. */
  choose(devices: Counts): Counts {
    const preferred = [...devices].filter(([name]) => this.#prefers(name));
    if (preferred.length > 0) return new Map(preferred);
    return new Map([...devices].filter(([name]) => this.#isPossible(name)));
  }

  /** Asks again about every device: another one may have got its name. */
  forget(): void {
    this.#preferred.clear();
  }

  #prefers(name: string): boolean {
    let preferred = this.#preferred.get(name);
    if (preferred === undefined) {
      preferred = this.#isPreferred(name);
      this.#preferred.set(name, preferred);
    }
    return preferred;
  }
}
