/** What needs the TOML parser and the schemas: nearly every command does without, most of the time. */
export { llmApiKey } from "./api_key.ts";
export { commentedFile } from "./commented_file.ts";
export { checkFile, loadSettings, shortPath } from "./load_settings.ts";
export type { ResolvedSettings } from "./resolve_settings.ts";
export { writtenValue } from "./written_value.ts";
