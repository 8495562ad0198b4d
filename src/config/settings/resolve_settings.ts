/** The layers, one over the other: defaults < file < environment. Flags come last, in the commands. Pure. */
import { checkValue } from "./check_value.ts";
import type { Layer, LayerValue } from "./problem.ts";
import { SETTING_KEYS, type SettingKey, SETTINGS, type Settings } from "./settings_table.ts";

export interface ResolvedSettings {
  readonly settings: Settings;
  /** Where each value comes from: `default`, `config.toml:4`, or the name of a variable. */
  readonly origins: Readonly<Record<SettingKey, string>>;
}

/** Settings that make one choice together: a layer that has one of them hides the other of the layers below. */
const ONE_CHOICE: readonly SettingKey[] = ["record.source", "record.url"];

/**
 * @param layers the strongest last
 * @param dataDir the default of `data_dir`
 */
export function resolveSettings(layers: readonly Layer[], dataDir: string): ResolvedSettings {
  const merged = new Map<string, LayerValue>();
  for (const { values } of layers) {
    if (ONE_CHOICE.some((key) => values.has(key))) {
      for (const key of ONE_CHOICE) merged.delete(key);
    }
    for (const [key, value] of values) merged.set(key, value);
  }
  const pairs = SETTING_KEYS.map((key) => {
    const fallback = key === "data_dir" ? dataDir : defaultOf(key);
    return [key, merged.get(key) ?? { value: fallback, place: "default" }] as const;
  });
  const settings = Object.fromEntries(pairs.map(([key, { value }]) => [key, value]));
  const origins = Object.fromEntries(pairs.map(([key, { place }]) => [key, place]));
  return {
    settings: Object.freeze(settings) as Settings,
    origins: origins as ResolvedSettings["origins"],
  };
}

function defaultOf(key: SettingKey): unknown {
  const written = SETTINGS[key].default;
  if (written === null) return null;
  const checked = checkValue(key, written, "");
  if ("value" in checked) return checked.value;
  throw new TypeError(`the default of ${key} is not allowed: ${checked.hint}`);
}
