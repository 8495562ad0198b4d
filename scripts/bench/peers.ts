/** Which of the tools that people use instead are on this machine, and how they are called. */
import { findProgram } from "../../src/platform/mod.ts";
import type { Contender } from "./measure_run.ts";

const SCRIPT = new URL("peers.py", import.meta.url).pathname;

/** Packages that something is compared with. */
const COMPARED = ["duckdb", "polars", "requests"];
/** What the generator of the data imports. */
const GENERATOR_NEEDS = ["duckdb", "numpy", "pyarrow"];

export interface Peers {
  /** The interpreter's path; null where there is none. */
  readonly python: string | null;
  /** Versions of the Python packages that are there. */
  readonly packages: Readonly<Record<string, string>>;
  /** A call of scripts/bench/peers.py; null where Python or a package that it needs is missing. */
  call(name: string, needs: string, call: string, ...args: string[]): Contender | null;
  /** Whether Python can run the generator of the data. */
  readonly canGenerate: boolean;
  /** What is not installed, for the table. */
  readonly missing: readonly string[];
}

/** @param interpreter the Python that peers run in, as it is called or where it is: which versions of them are compared */
export async function findPeers(interpreter: string): Promise<Peers> {
  const python = await findPython(interpreter);
  const packages = python === undefined ? {} : await packagesOf(python);
  const missing = COMPARED.filter((name) => !(name in packages));
  return {
    python: python ?? null,
    packages,
    canGenerate: GENERATOR_NEEDS.every((name) => name in packages),
    missing: python === undefined
      ? [interpreter]
      : missing.map((name) => `${interpreter}'s ${name}`),
    call: (name, needs, call, ...args) =>
      python === undefined || !(needs in packages)
        ? null
        : { name, program: python, args: [SCRIPT, call, ...args] },
  };
}

/** The interpreter itself: what is found on PATH may be a script that looks for it first, at every start. */
async function findPython(name: string): Promise<string | undefined> {
  const found = name.includes("/") ? name : await findProgram(name);
  if (found === undefined) return undefined;
  const args = ["-c", "import sys; print(sys.executable)"];
  const { success, stdout } = await new Deno.Command(found, { args, stderr: "null" }).output();
  return success ? new TextDecoder().decode(stdout).trim() : undefined;
}

async function packagesOf(python: string): Promise<Record<string, string>> {
  const { success, stdout } = await new Deno.Command(python, {
    args: [SCRIPT, "modules"],
    stderr: "null",
  }).output();
  return success ? JSON.parse(new TextDecoder().decode(stdout)) : {};
}
