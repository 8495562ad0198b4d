/**
 * Files that the kernel writes anew at each read (`/proc`, `/sys`), below a root that tests can choose.
 *
 * Hot files are kept open and read again from the start: half the CPU time of opening them each time (measured:
 * /proc/stat 10 instead of 23 µs). Calls are synchronous because these reads never wait for a disk, and an asynchronous
 * one costs more than the read.
 */
import { numberOf } from "./numbers.ts";

/** Half a page: less comes only at the end of a file, as long as its records (lines, mostly) are alike. */
const SURELY_LAST_BYTES = 2048;

type Absence = "missing" | "denied";

export class KernelFiles {
  readonly #root: string;
  readonly #open = new Map<string, Deno.FsFile>();
  /** What could not be opened, so that each read does not pay for the exception (20 to 40 µs) again. */
  readonly #absent = new Map<string, Absence>();
  #buffer = new Uint8Array(16 * 1024);
  readonly #decoder = new TextDecoder();

  constructor(root: string) {
    this.#root = root;
  }

  /** The text of a file that is read often and whose records are alike; undefined when it cannot be read now. */
  read(path: string): string | undefined {
    const file = this.#open.get(path) ?? this.#tryOpen(path);
    if (!file) return undefined;
    try {
      file.seekSync(0, Deno.SeekMode.Start);
      return this.#readAll(file);
    } catch {
      // The device went away, or has nothing to say now (ENODEV, EBUSY, EOPNOTSUPP): open it anew next time.
      this.#open.delete(path);
      file.close();
      return undefined;
    }
  }

  /** The number that the whole file is. */
  readNumber(path: string): number | undefined {
    return numberOf(this.read(path));
  }

  /** The trimmed text of any file that is read seldom. */
  readOnce(path: string): string | undefined {
    try {
      return Deno.readTextFileSync(`${this.#root}/${path}`).trim();
    } catch {
      return undefined;
    }
  }

  /** Names in a folder, in natural order (`cpu2` before `cpu10`); none when there is no such folder. */
  list(folder: string): string[] {
    try {
      const names = [...Deno.readDirSync(`${this.#root}/${folder}`)].map(({ name }) => name);
      return names.sort(inNaturalOrder);
    } catch {
      return [];
    }
  }

  exists(path: string): boolean {
    try {
      Deno.statSync(`${this.#root}/${path}`);
      return true;
    } catch {
      return false;
    }
  }

  /** The last part of where a link leads: how sysfs names a device. */
  linkName(path: string): string | undefined {
    try {
      return Deno.readLinkSync(`${this.#root}/${path}`).split("/").at(-1);
    } catch {
      return undefined;
    }
  }

  /** Whether the last attempt to open a file was refused. */
  isDenied(path: string): boolean {
    return this.#absent.get(path) === "denied";
  }

  /** Tries files again that were not there. */
  retryAbsent(): void {
    this.#absent.clear();
  }

  close(): void {
    for (const file of this.#open.values()) file.close();
    this.#open.clear();
    this.#absent.clear();
  }

  #tryOpen(path: string): Deno.FsFile | undefined {
    if (this.#absent.has(path)) return undefined;
    try {
      const file = Deno.openSync(`${this.#root}/${path}`);
      this.#open.set(path, file);
      return file;
    } catch (error) {
      const absence = absenceOf(error);
      if (absence) this.#absent.set(path, absence);
      return undefined;
    }
  }

  /** Reads to the end. */
  #readAll(file: Deno.FsFile): string {
    let length = 0;
    while (true) {
      if (length === this.#buffer.length) this.#buffer = doubled(this.#buffer);
      const count = file.readSync(this.#buffer.subarray(length));
      length += count ?? 0;
      // The kernel gives long files in pieces of a page, less a record that does not fit any more.
      if (!count || count < SURELY_LAST_BYTES) {
        return this.#decoder.decode(this.#buffer.subarray(0, length));
      }
    }
  }
}

/** Not by `Intl.Collator`, whose data takes 18 ms to load. */
function inNaturalOrder(a: string, b: string): number {
  return byNumbers(a) < byNumbers(b) ? -1 : 1;
}

function byNumbers(name: string): string {
  return name.replace(/\d+/g, (digits) => digits.padStart(20, "0"));
}

function absenceOf(error: unknown): Absence | undefined {
  if (error instanceof Deno.errors.NotFound) return "missing";
  if (error instanceof Deno.errors.PermissionDenied) return "denied";
  return undefined;
}

function doubled(buffer: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(2 * buffer.length);
  larger.set(buffer);
  return larger;
}
