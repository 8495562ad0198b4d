/** What one setting is: the shape of every record of the settings table. Plain data, so that help can read it cheaply. */

/** What values a setting takes, and how they are written in the file. */
export type SettingType =
  | { readonly kind: "folder" }
  | { readonly kind: "file" }
  | { readonly kind: "url" }
  | { readonly kind: "text" }
  | { readonly kind: "flag" }
  | { readonly kind: "port" }
  /** Written `"5s"`, held in milliseconds. */
  | { readonly kind: "duration"; readonly shortest: string; readonly longest?: string }
  /** Written `"5GB"`, held in bytes. */
  | { readonly kind: "size" }
  | { readonly kind: "choice"; readonly of: readonly string[] }
  | { readonly kind: "choices"; readonly of: readonly string[] }
  | { readonly kind: "metrics" };

export interface Setting {
  readonly type: SettingType;
  /** As it is written in the file; null where "not set" is the default. */
  readonly default: string | boolean | number | null;
  /** What not being set means, where the default is null. */
  readonly unset?: string;
  /** One line. */
  readonly help: string;
  /** A value worth trying, as it is written in TOML; for the commented file. */
  readonly example?: string;
}

/** The values of a kind inside the program. */
interface ValueOfKind {
  readonly folder: string;
  readonly file: string;
  readonly url: string;
  readonly text: string;
  readonly flag: boolean;
  readonly port: number;
  readonly duration: number;
  readonly size: number;
  readonly metrics: readonly string[];
}

/** The value that a record describes; null is "not set" where the record has no default. */
export type ValueOf<S extends Setting> =
  | (S["default"] extends null ? null : never)
  | (S["type"] extends { kind: "choice"; of: readonly (infer Choice)[] } ? Choice
    : S["type"] extends { kind: "choices"; of: readonly (infer Choice)[] } ? readonly Choice[]
    : S["type"]["kind"] extends keyof ValueOfKind ? ValueOfKind[S["type"]["kind"]]
    : never);

/** What a person may write for a type, as the end of "allowed: …". */
export function allowedText(type: SettingType): string {
  switch (type.kind) {
    case "folder":
    case "file":
      return `a path that begins with / or ~/`;
    case "url":
      return `an address such as "http://localhost:9100/metrics" or "nas:9100"`;
    case "text":
      return "a text that is not empty";
    case "flag":
      return "true or false";
    case "port":
      return "a whole number from 1 to 65535";
    case "duration":
      return `a time with its unit${
        type.longest
          ? ` from "${type.shortest}" to "${type.longest}"`
          : `, at least "${type.shortest}"`
      }`;
    case "size":
      return `a size with its unit: "500MB", "5GB", "1.5TB"`;
    case "choice":
      return oneOf(type.of);
    case "choices":
      return `a list of ${oneOf(type.of)}`;
    case "metrics":
      return `a list of metrics such as ["cpu_pct", "total_watts"] (all of them: mtr metrics)`;
  }
}

function oneOf(words: readonly string[]): string {
  return words.map((word) => `"${word}"`).join(", ");
}
