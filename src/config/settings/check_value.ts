import * as v from "valibot";
import { schemaOf } from "./schema_of.ts";
import { allowedText } from "./setting.ts";
import { type SettingKey, SETTINGS } from "./settings_table.ts";

/** The value as the program holds it, or what would be allowed instead. */
export type Checked = { readonly value: unknown } | { readonly hint: string };

/** Checks one value as TOML gives it. `home` is what `~/` stands for. */
export function checkValue(key: SettingKey, given: unknown, home: string): Checked {
  const { type } = SETTINGS[key];
  const result = v.safeParse(schemaOf(type, home), given);
  if (result.success) return { value: result.output };
  const [issue] = result.issues;
  // A check of our own says more than what is allowed in general: which metric was meant.
  const reason = issue.type === "check" ? `${issue.message}; ` : "";
  return { hint: `${reason}allowed: ${allowedText(type)}` };
}
