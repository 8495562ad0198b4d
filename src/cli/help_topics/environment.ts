import {
  type Setting,
  SETTING_KEYS,
  type SettingKey,
  SETTINGS,
  variableOf,
} from "../../config/mod.ts";
import type { HelpRow, HelpTopic } from "./help_topic.ts";

/** Variables that are no settings. */
const OTHERS: readonly HelpRow[] = [
  ["MTR_CONFIG", "the settings file, instead of mtr/config.toml in $XDG_CONFIG_HOME or ~/.config"],
  ["MTR_LLM_API_KEY", "key of the endpoint that --summary asks; in no flag and no setting"],
  ["MTR_DEBUG", "with any value: an error that is a bug shows where it happened"],
  ["NO_COLOR", "with any value: no colour"],
  [
    "FORCE_COLOR, CLICOLOR_FORCE",
    "with any value but 0 and false: colour, in pipes too; wins over NO_COLOR",
  ],
  ["TERM, COLORTERM", "how many colours there are; none with TERM=dumb"],
  ["COLUMNS", "columns to fill, instead of the terminal's"],
  ["LC_ALL, LC_CTYPE, LANG", "whether more than ASCII can be shown"],
  ["TZ", "the local time zone"],
  ["HOME, USER", "whose settings, recordings and service"],
  ["XDG_DATA_HOME", "recordings are in mtr there (default: ~/.local/share)"],
  ["XDG_CONFIG_HOME", "settings are in mtr there (default: ~/.config)"],
  ["XDG_STATE_HOME", "the service's log is in mtr there, on macOS (default: ~/.local/state)"],
  ["XDG_CACHE_HOME", "DuckDB's library is unpacked into mtr there (default: ~/.cache)"],
  ["TMPDIR", "used where the cache cannot be written (default: /tmp)"],
  ["PATH", "where mactop, nvidia-smi and the system's own programs are looked for"],
];

export const ENVIRONMENT_TOPIC: HelpTopic = {
  name: "environment",
  summary: "every variable that mtr reads",
  sections: [
    {
      text: "Flags win over variables, variables over the settings file, the file over defaults. " +
        "What holds now, and where it comes from: mtr config show. An empty variable is one that is not set.",
    },
    { heading: "Settings", rows: SETTING_KEYS.map(settingRow) },
    { heading: "Others", rows: OTHERS },
  ],
};

function settingRow(key: SettingKey): HelpRow {
  const setting: Setting = SETTINGS[key];
  const written = setting.default === null ? setting.unset : String(setting.default);
  return [variableOf(key), `${setting.help} (${key}; default: ${written})`];
}
