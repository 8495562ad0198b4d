/** Settings of this user: the file and the environment, checked. Loaded at need (config/mod.ts). */
import { StoreError, systemReason, UsageError } from "../../model/mod.ts";
import { type ConfigFile, configFile } from "../config_file.ts";
import { dataDir } from "../data_dir.ts";
import type { Layer, Problem } from "./problem.ts";
import { readFileText } from "./read_file_text.ts";
import { readVariables } from "./read_variables.ts";
import { type ResolvedSettings, resolveSettings } from "./resolve_settings.ts";

type Environment = (name: string) => string | undefined;

const NOTHING: Layer = { values: new Map(), problems: [] };

/**
 * Defaults < file < environment.
 * @throws {UsageError} when something there is not allowed: where, what, and what would be
 * @throws {StoreError} when the file cannot be read
 */
export function loadSettings(env: Environment): ResolvedSettings {
  const layers = [fileLayer(configFile(env), env), readVariables(env, env("HOME") ?? "")];
  refuse(layers.flatMap(({ problems }) => problems));
  return resolveSettings(layers, dataDir(undefined, env));
}

/**
 * What is wrong with the text of a settings file.
 * @throws {UsageError} for any problem
 */
export function checkFile(file: ConfigFile, env: Environment): void {
  refuse(fileLayer(file, env).problems);
}

/** A path as people write it: `~/.config/mtr/config.toml`. */
export function shortPath(path: string, home: string | undefined): string {
  return home && path.startsWith(`${home}/`) ? `~${path.slice(home.length)}` : path;
}

function fileLayer({ path, isNamed }: ConfigFile, env: Environment): Layer {
  const text = readText(path);
  const home = env("HOME") ?? "";
  if (text !== undefined) return readFileText({ text, path: shortPath(path, home), home });
  if (!isNamed) return NOTHING;
  throw new UsageError(`there is no settings file ${path}`, ["make one there: mtr config init"]);
}

function readText(path: string): string | undefined {
  try {
    return Deno.readTextFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw new StoreError(`the settings file ${path} can't be read: ${systemReason(error)}`, [], {
      cause: error,
    });
  }
}

/** One problem is the error; of several each is a line. */
function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems;
  if (!first) return;
  if (others.length === 0) throw new UsageError(`${first.place}: ${first.text}`, [first.hint]);
  throw new UsageError(
    `${problems.length} settings are not allowed`,
    problems.flatMap(({ place, text, hint }) => [`${place}: ${text}`, `  ${hint}`]),
  );
}
