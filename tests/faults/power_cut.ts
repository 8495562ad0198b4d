/**
 * What a disk may hold after a power cut (SQLite's method): all that was synced, and of the rest any part. Data that was
 * not synced is there, torn, zero or missing; names that were not synced are there or not, in any combination.
 */
import { dirname, join } from "node:path";
import { folderOf, type Step } from "./recording_system.ts";

/** Numbers from 0 to 1 that follow from a seed. */
export type Random = () => number;

export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type NameStep = Extract<Step, { kind: "make_folder" | "create" | "rename" | "remove" }>;

interface FileState {
  /** What would survive for certain. */
  synced: Uint8Array;
  /** What the system shows. */
  shown: Uint8Array;
}

/** A disk between its cache and its platter. */
export class CuttableDisk {
  readonly #files = new Map<number, FileState>();
  /** Names that would survive for certain, folders as null. */
  readonly #names = new Map<string, number | null>([["", null]]);
  #unsyncedNames: NameStep[] = [];

  take(step: Step): void {
    switch (step.kind) {
      case "write":
        return this.#write(step.file, step.offset, step.bytes);
      case "truncate":
        return this.#show(step.file, this.#file(step.file).shown.slice(0, step.size));
      case "sync_file":
        return void (this.#file(step.file).synced = this.#file(step.file).shown);
      case "sync_folder":
        return this.#syncNames(step.path);
      case "mark":
        return;
      default:
        this.#unsyncedNames.push(step);
    }
  }

  /** Writes one of the possible remains into a folder. */
  writeRemains(folder: string, random: Random): void {
    const names = new Map(this.#names);
    for (const step of this.#unsyncedNames) if (random() < 0.5) applyName(names, step);
    const remains = new Map<number, Uint8Array>();
    for (const [name, file] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (!hasFolders(names, name)) continue;
      if (file === null) Deno.mkdirSync(join(folder, name), { recursive: true });
      else {
        const bytes = remains.get(file) ?? remainsOf(this.#file(file), random);
        remains.set(file, bytes);
        Deno.writeFileSync(join(folder, name), bytes);
      }
    }
  }

  #file(id: number): FileState {
    const state = this.#files.get(id) ?? { synced: new Uint8Array(), shown: new Uint8Array() };
    this.#files.set(id, state);
    return state;
  }

  #write(id: number, offset: number, bytes: Uint8Array): void {
    const { shown } = this.#file(id);
    const grown = new Uint8Array(Math.max(shown.length, offset + bytes.length));
    grown.set(shown);
    grown.set(bytes, offset);
    this.#show(id, grown);
  }

  #show(id: number, shown: Uint8Array): void {
    this.#file(id).shown = shown;
  }

  #syncNames(folder: string): void {
    const isInFolder = (step: NameStep) =>
      step.kind === "rename"
        ? folderOf(step.from) === folder || folderOf(step.to) === folder
        : folderOf(step.path) === folder;
    for (const step of this.#unsyncedNames.filter(isInFolder)) {
      applyName(this.#names, step);
      if (step.kind === "rename") this.#forget(step.from);
    }
    this.#unsyncedNames = this.#unsyncedNames.filter((step) => !isInFolder(step));
  }

  /** A name that was certainly moved away does not come back by an earlier step. */
  #forget(path: string): void {
    this.#unsyncedNames = this.#unsyncedNames.filter((step) =>
      step.kind !== "create" || step.path !== path
    );
  }
}

function applyName(names: Map<string, number | null>, step: NameStep): void {
  if (step.kind === "make_folder") names.set(step.path, null);
  else if (step.kind === "create") names.set(step.path, step.file);
  else if (step.kind === "remove") names.delete(step.path);
  else {
    names.delete(step.from);
    names.set(step.to, step.file);
  }
}

function hasFolders(names: ReadonlyMap<string, number | null>, name: string): boolean {
  if (name === "") return true;
  const folder = dirname(name) === "." ? "" : dirname(name);
  return names.get(folder) === null && hasFolders(names, folder);
}

/** All, nothing more than what was synced, a part, or the length of all with zeros in it. */
function remainsOf({ synced, shown }: FileState, random: Random): Uint8Array {
  const isCut = shown.length < synced.length;
  const choice = random();
  if (choice < 0.25 || shown === synced) return shown;
  if (choice < 0.5 || isCut) return synced;
  const end = synced.length + Math.floor(random() * (shown.length - synced.length + 1));
  if (choice < 0.75) return shown.slice(0, end);
  const zeroed = shown.slice();
  zeroed.fill(0, end);
  return zeroed;
}
