/** An operating system that remembers everything it was asked to write, in order. */
import { dirname, relative } from "node:path";
import type { SystemCalls } from "../../src/platform/mod.ts";

/** One step on the way to the disk. Paths are relative to the folder that is watched; "" is that folder. */
export type Step =
  | { readonly kind: "make_folder"; readonly path: string }
  | { readonly kind: "create"; readonly path: string; readonly file: number }
  | {
    readonly kind: "write";
    readonly file: number;
    readonly offset: number;
    readonly bytes: Uint8Array;
  }
  | { readonly kind: "truncate"; readonly file: number; readonly size: number }
  | { readonly kind: "sync_file"; readonly file: number }
  | { readonly kind: "rename"; readonly from: string; readonly to: string; readonly file: number }
  | { readonly kind: "remove"; readonly path: string }
  | { readonly kind: "sync_folder"; readonly path: string }
  /** Said by the test: what is true from here on. */
  | { readonly kind: "mark"; readonly appended: number; readonly safe: number };

export class RecordingSystem {
  readonly steps: Step[] = [];
  readonly #files = new Map<string, number>();
  #lastFile = 0;

  constructor(readonly root: string) {}

  mark(appended: number, safe: number): void {
    this.steps.push({ kind: "mark", appended, safe });
  }

  readonly calls: SystemCalls = {
    statSync: Deno.statSync,
    readDirSync: Deno.readDirSync,
    readTextFileSync: Deno.readTextFileSync,
    openSync: (path, options) => this.#open(String(path), options),
    writeTextFileSync: (path, text) => {
      Deno.writeTextFileSync(path, String(text));
      this.#foundWritten(String(path));
    },
    copyFileSync: (from, to) => {
      Deno.copyFileSync(from, to);
      this.#foundWritten(String(to));
    },
    renameSync: (from, to) => {
      const file = this.#fileAt(String(from));
      Deno.renameSync(from, to);
      this.steps.push({
        kind: "rename",
        from: this.#name(String(from)),
        to: this.#name(String(to)),
        file,
      });
      this.#files.delete(this.#name(String(from)));
      this.#files.set(this.#name(String(to)), file);
    },
    removeSync: (path) => {
      Deno.removeSync(path);
      this.steps.push({ kind: "remove", path: this.#name(String(path)) });
      this.#files.delete(this.#name(String(path)));
    },
    mkdirSync: (path, options) => {
      Deno.mkdirSync(path, options);
      this.steps.push({ kind: "make_folder", path: this.#name(String(path)) });
    },
  };

  #open(path: string, options: Deno.OpenOptions = { read: true }): Deno.FsFile {
    const isNew = options.create === true && !exists(path);
    const file = Deno.openSync(path, options);
    if (file.statSync().isDirectory) {
      return spyOn(file, {
        syncSync: () => this.steps.push({ kind: "sync_folder", path: this.#name(path) }),
      });
    }
    const id = isNew ? this.#created(path) : this.#fileAt(path);
    const synced = () => this.steps.push({ kind: "sync_file", file: id });
    return spyOn(file, {
      writeSync: (bytes) => this.#appended(id, file.statSync().size, bytes),
      truncateSync: (size = 0) => this.steps.push({ kind: "truncate", file: id, size }),
      syncSync: synced,
      syncData: synced,
    });
  }

  #appended(file: number, sizeAfter: number, bytes: Uint8Array): void {
    this.steps.push({
      kind: "write",
      file,
      offset: sizeAfter - bytes.length,
      bytes: bytes.slice(),
    });
  }

  #created(path: string): number {
    const file = ++this.#lastFile;
    this.#files.set(this.#name(path), file);
    this.steps.push({ kind: "create", path: this.#name(path), file });
    return file;
  }

  /** A file that somebody else wrote (the engine, the system itself): it appears with all it holds, none of it safe. */
  #foundWritten(path: string): number {
    const file = this.#created(path);
    this.steps.push({ kind: "write", file, offset: 0, bytes: Deno.readFileSync(path) });
    return file;
  }

  #fileAt(path: string): number {
    return this.#files.get(this.#name(path)) ?? this.#foundWritten(path);
  }

  #name(path: string): string {
    return relative(this.root, path);
  }
}

interface Spies {
  writeSync?: (bytes: Uint8Array) => void;
  truncateSync?: (size?: number) => void;
  syncSync?: () => void;
  syncData?: () => void;
}

/** The same file, with something called after each of some methods. */
function spyOn(file: Deno.FsFile, spies: Spies): Deno.FsFile {
  return new Proxy(file, {
    get(target, name: keyof Deno.FsFile & keyof Spies) {
      const method = Reflect.get(target, name) as ((...args: unknown[]) => unknown) | undefined;
      if (typeof method !== "function") return method;
      const spy = spies[name] as ((...args: unknown[]) => void) | undefined;
      return (...args: unknown[]) => {
        const result: unknown = method.apply(target, args);
        if (result instanceof Promise) return result.then(() => spy?.(...args));
        spy?.(...args);
        return result;
      };
    },
  });
}

function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Folder of a name as steps give it. */
export function folderOf(name: string): string {
  const folder = dirname(name);
  return folder === "." ? "" : folder;
}
