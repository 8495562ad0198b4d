/** Environment variables → values and problems. */
import { resolve } from "node:path";
import { checkValue } from "./check_value.ts";
import type { Layer, LayerValue, Problem } from "./problem.ts";
import { SETTING_KEYS, type SettingKey, SETTINGS, variableOf } from "./settings_table.ts";

/** An empty variable is one that is not set. `home` is what `~/` stands for. */
export function readVariables(env: (name: string) => string | undefined, home: string): Layer {
  const values = new Map<string, LayerValue>();
  const problems: Problem[] = [];
  for (const key of SETTING_KEYS) {
    const place = variableOf(key);
    const text = env(place);
    if (!text) continue;
    const checked = checkValue(key, fromText(key, text), home);
    if ("value" in checked) values.set(key, { value: checked.value, place });
    else problems.push({ text: `${place}=${text} is not allowed`, hint: checked.hint, place });
  }
  return { values, problems };
}

/** What TOML would give for the text of a variable; a text that fits no other type stays one, and is refused later. */
function fromText(key: SettingKey, text: string): unknown {
  switch (SETTINGS[key].type.kind) {
    case "flag":
      return { true: true, "1": true, yes: true, false: false, "0": false, no: false }[text] ??
        text;
    case "port":
      return /^\d+$/.test(text) ? Number(text) : text;
    case "choices":
    case "metrics":
      return text.split(",").map((part) => part.trim()).filter((part) => part !== "");
    case "folder":
    case "file":
      // In a shell, unlike in a file, it is clear which folder a relative path begins in.
      return text.startsWith("~/") ? text : resolve(text);
    default:
      return text;
  }
}
