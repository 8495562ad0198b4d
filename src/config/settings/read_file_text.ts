/** The text of a settings file → values and problems. Pure. */
import { parse, TomlError } from "smol-toml";
import * as v from "valibot";
import { nearestWord } from "../../model/mod.ts";
import { checkValue } from "./check_value.ts";
import { lineOfKey } from "./line_of_key.ts";
import type { Layer, LayerValue, Problem } from "./problem.ts";
import { SECTIONS, SETTING_KEYS, type SettingKey } from "./settings_table.ts";

export interface FileText {
  readonly text: string;
  /** As it is shown: `~/.config/mtr/config.toml`. */
  readonly path: string;
  /** What `~/` stands for. */
  readonly home: string;
}

const isTable = (value: unknown) => v.is(v.record(v.string(), v.unknown()), value);

export function readFileText(file: FileText): Layer {
  const values = new Map<string, LayerValue>();
  const problems: Problem[] = [];
  for (const [path, given] of leavesOf(file, problems)) {
    const place = placeOf(file, path);
    const key = SETTING_KEYS.find((known) => known === path.join("."));
    if (key === undefined) {
      problems.push({ text: unknownText(path), hint: hintFor(path), place });
      continue;
    }
    const checked = checkValue(key, given, file.home);
    if ("value" in checked) values.set(key, { value: checked.value, place });
    else {problems.push({
        text: `${key} = ${asWritten(given)} is not allowed`,
        hint: checked.hint,
        place,
      });}
  }
  return { values, problems };
}

type Leaf = readonly [path: readonly string[], value: unknown];

/** Every key with its value; tables that are known are opened, others are one leaf. */
function leavesOf(file: FileText, problems: Problem[]): readonly Leaf[] {
  const table = parsed(file, problems);
  return Object.entries(table).flatMap(([name, value]): readonly Leaf[] => {
    if (!(name in SECTIONS) || !isTable(value)) return [[[name], value]];
    return Object.entries(value as Record<string, unknown>).map((
      [key, inner],
    ) => [[name, key], inner]);
  });
}

function parsed({ text, path }: FileText, problems: Problem[]): Record<string, unknown> {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ""] = error.message.replace("Invalid TOML document: ", "").split("\n");
    const hint = text.split("\n")[error.line - 1]?.trim() ?? "";
    problems.push({ text: `this is not TOML: ${reason}`, hint, place: `${path}:${error.line}` });
    return {};
  }
}

function placeOf({ text, path }: FileText, key: readonly string[]): string {
  const line = lineOfKey(text, key);
  return line === undefined ? path : `${path}:${line}`;
}

function unknownText(path: readonly string[]): string {
  const [first = ""] = path;
  return path.length === 1 && first in SECTIONS
    ? `${first} has to be a table`
    : `no setting is called \`${path.join(".")}\``;
}

function hintFor(path: readonly string[]): string {
  const [first = ""] = path;
  if (path.length === 1 && first in SECTIONS) return `write [${first}] and its keys below`;
  const nearest = nearestSetting(path);
  if (nearest === undefined) return "all settings: mtr config show";
  return `did you mean ${nearest}?`;
}

/** In words that say where it belongs: `interval`, below [record]. */
function nearestSetting(path: readonly string[]): string | undefined {
  const leaf = path.at(-1) ?? "";
  // `record.interval = …` below another table's head belongs to that table.
  if (leaf in SECTIONS) return `[${leaf}]`;
  const elsewhere = SETTING_KEYS.find((key) => key.split(".").at(-1) === leaf);
  const near = elsewhere ?? nearestWord(path.join("."), SETTING_KEYS) ?? nearestLeaf(leaf);
  if (near !== undefined) return inWords(near as SettingKey);
  const section = nearestWord(leaf, Object.keys(SECTIONS));
  return section === undefined ? undefined : `[${section}]`;
}

function nearestLeaf(leaf: string): string | undefined {
  const near = nearestWord(leaf, SETTING_KEYS.map((key) => key.split(".").at(-1) ?? key));
  return SETTING_KEYS.find((key) => key.split(".").at(-1) === near);
}

function inWords(key: SettingKey): string {
  const [section, leaf] = key.split(".");
  return leaf === undefined ? `${key}, above the first [table]` : `${leaf} below [${section}]`;
}

function asWritten(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
