/** `mtr record` as a service of the user who asks: which program, which options, which service manager. */
import type { Command } from "@commander-js/extra-typings";
import { isAbsolute, resolve } from "node:path";
import { UsageError } from "../model/mod.ts";
import { findProgram, localDisk, runProgram, selfCommand } from "../platform/mod.ts";
import {
  findServicePlan,
  type Machine,
  serviceEnvironment,
  type ServicePlan,
} from "../service/mod.ts";
import type { Io } from "./io.ts";

export const thisMachine: Machine = {
  disk: localDisk,
  run: runProgram,
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** @param args options of `mtr record`, checked already */
export async function planService(args: readonly string[], io: Io): Promise<ServicePlan> {
  const self = selfCommand(["record", "--quiet", ...args]);
  const program = Deno.build.standalone ? await lastingPath(self.program) : self.program;
  const command = { ...self, program, environment: serviceEnvironment(io.env) };
  return findServicePlan(command, { os: Deno.build.os, uid: Deno.uid(), env: io.env });
}

/**
 * The binary by the name on the search path, where that leads to it: Homebrew's link stays when the version in the
 * path behind it changes.
 */
async function lastingPath(binary: string): Promise<string> {
  const found = await findProgram("mtr");
  if (found === undefined) return binary;
  return Deno.realPathSync(found) === Deno.realPathSync(binary) ? resolve(found) : binary;
}

/**
 * Options of `mtr record`, as a service may have them: what is wrong is said now, not in a log later.
 * @throws {UsageError} for what record does not know, and for what makes no sense in a service
 */
export function recordArgs(args: readonly string[], program: Command): readonly string[] {
  const record = program.commands.find((command) => command.name() === "record");
  const { operands, unknown } = record?.parseOptions([...args]) ?? { operands: [], unknown: [] };
  const [surplus] = [...unknown, ...operands];
  if (surplus !== undefined) {
    throw new UsageError(`mtr record has no option \`${surplus}\``, [
      "what it has: mtr help record",
    ]);
  }
  const typed = record?.opts() as { readonly for?: number; readonly dataDir?: string } | undefined;
  if (typed?.for !== undefined) {
    throw new UsageError("--for makes no sense in a service: it would be started again", [
      "for a recording that ends: mtr record --for …",
    ]);
  }
  const { dataDir } = typed ?? {};
  if (dataDir === undefined || isAbsolute(dataDir)) return args;
  // The service is started in another folder than this one; of an option that is given twice the last one holds.
  return [...args, "--data-dir", resolve(dataDir)];
}
