import { configFile } from "../config_file.ts";
import { SETTING_KEYS, variableOf } from "./settings_table.ts";

/** $MTR_DATA_DIR is read where the flag is (data_dir.ts). */
const VARIABLES = SETTING_KEYS.filter((key) => key !== "data_dir").map(variableOf);

/** Whether there is a settings file or a variable of a setting: where there is none, nothing need be loaded. */
export function isAnythingSet(env: (name: string) => string | undefined): boolean {
  const { path, isNamed } = configFile(env);
  if (isNamed || VARIABLES.some((name) => env(name))) return true;
  try {
    Deno.statSync(path);
    return true;
  } catch (error) {
    // What cannot be looked at is reported when it is read.
    return !(error instanceof Deno.errors.NotFound);
  }
}
