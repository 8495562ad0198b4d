/** What the user set, and where. */
export * from "./config_file.ts";
export * from "./data_dir.ts";
export * from "./duration.ts";
export * from "./size.ts";
export type { Setting, SettingType } from "./settings/setting.ts";
export { allowedText } from "./settings/setting.ts";
export {
  SETTING_KEYS,
  type SettingKey,
  SETTINGS,
  type Settings,
  variableOf,
} from "./settings/settings_table.ts";
export { isAnythingSet } from "./settings/is_anything_set.ts";
export type { ResolvedSettings } from "./settings/resolve_settings.ts";

/** Reading and checking settings; loaded at need, because it brings the TOML parser and the schemas. */
export function settingsAtNeed(): Promise<typeof import("./settings/at_need.ts")> {
  return import("./settings/at_need.ts");
}
