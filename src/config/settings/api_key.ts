import { systemReason, UsageError } from "../../model/mod.ts";
import type { Settings } from "./settings_table.ts";

/**
 * The key of the endpoint: $MTR_LLM_API_KEY, else the contents of `llm.api_key_file`; null where neither is set. It is
 * in no flag and no setting, because those are shown and logged.
 * @throws {UsageError} when the file cannot be read or is empty
 */
export function llmApiKey(
  settings: Settings,
  env: (name: string) => string | undefined,
): string | null {
  const fromEnvironment = env("MTR_LLM_API_KEY")?.trim();
  if (fromEnvironment) return fromEnvironment;
  const path = settings["llm.api_key_file"];
  if (path === null) return null;
  const key = readKey(path);
  if (key !== "") return key;
  throw new UsageError(`llm.api_key_file: ${path} is empty`, [
    "write the key into it, and nothing else",
  ]);
}

function readKey(path: string): string {
  try {
    return Deno.readTextFileSync(path).trim();
  } catch (error) {
    throw new UsageError(`llm.api_key_file: ${path} can't be read: ${systemReason(error)}`, [
      "write the key into it, and nothing else, or set MTR_LLM_API_KEY",
    ]);
  }
}
