import { resolve } from "node:path";
import { SETTING_KEYS, variableOf } from "../config/mod.ts";

/** Folders that follow from the environment; relative ones are invalid by the XDG specification, so they are left out. */
const FOLDERS = ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"];

/**
 * Variables of this shell that the service has to see too, or it would record elsewhere or otherwise than `mtr record`
 * does here. Never a key: the service's file can be read by others.
 */
export function serviceEnvironment(
  env: (name: string) => string | undefined,
): Record<string, string> {
  const settings = SETTING_KEYS.filter((key) => key.startsWith("record.")).map(variableOf);
  const found: Record<string, string> = {};
  for (const name of ["MTR_CONFIG", "MTR_DATA_DIR"]) {
    const path = env(name);
    if (path) found[name] = resolve(path);
  }
  for (const name of FOLDERS) {
    const path = env(name);
    if (path?.startsWith("/")) found[name] = path;
  }
  for (const name of settings) {
    const value = env(name);
    if (value) found[name] = value;
  }
  return found;
}
