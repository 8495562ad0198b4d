/** What `mtr config init` writes: every setting with its meaning and default, all of it commented out. */
import type { Setting } from "./setting.ts";
import { SECTIONS, SETTING_KEYS, type SettingKey, SETTINGS, variableOf } from "./settings_table.ts";

export function commentedFile(): string {
  const sections = ["", ...Object.keys(SECTIONS)];
  return [
    "# Settings of mtr. A line that begins with # says what holds anyway; take the # away to change it.",
    "# Flags win over environment variables (mtr help environment), these over this file.",
    "# What holds now, and why: mtr config show. Is this file right? mtr config check",
    ...sections.flatMap(sectionLines),
  ].join("\n") + "\n";
}

function sectionLines(section: string): readonly string[] {
  const keys = SETTING_KEYS.filter((key) => sectionOf(key) === section);
  const head = section === "" ? [] : ["", `# ${SECTIONS[section]}`, `[${section}]`];
  return [...head, ...keys.flatMap(settingLines)];
}

function settingLines(key: SettingKey): readonly string[] {
  const setting: Setting = SETTINGS[key];
  const leaf = key.split(".").at(-1);
  const unset = setting.default === null ? ` (not set: ${setting.unset})` : "";
  const value = setting.default === null ? setting.example : JSON.stringify(setting.default);
  return ["", `# ${setting.help}${unset}; ${variableOf(key)}`, `# ${leaf} = ${value}`];
}

function sectionOf(key: SettingKey): string {
  return key.includes(".") ? key.slice(0, key.indexOf(".")) : "";
}
