/** What a value of each type has to be, as a schema: from what TOML gives to what the program holds. */
import * as v from "valibot";
import { messageOf, REPORTABLE_METRICS, reportableMetric } from "../../model/mod.ts";
import { parseDuration } from "../duration.ts";
import { parseSize } from "../size.ts";
import type { SettingType } from "./setting.ts";

type Schema = v.GenericSchema<unknown, unknown>;

/** @param home what `~/` stands for */
export function schemaOf(type: SettingType, home: string): Schema {
  switch (type.kind) {
    case "folder":
    case "file":
      return pathIn(home);
    case "url":
      return v.pipe(v.string(), v.regex(/^\S+$/));
    case "text":
      return v.pipe(v.string(), v.trim(), v.nonEmpty());
    case "flag":
      return v.boolean();
    case "port":
      return v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_535));
    case "duration":
      return duration(type.shortest, type.longest);
    case "size":
      return v.pipe(v.string(), v.transform(parseSize), v.number(), v.minValue(1));
    case "choice":
      return v.picklist(type.of);
    case "choices":
      return v.pipe(v.array(v.picklist(type.of)), v.nonEmpty(), v.transform(withoutRepeats));
    case "metrics":
      return metrics();
  }
}

/** A path that does not depend on the folder in which mtr happens to be started. */
function pathIn(home: string): Schema {
  return v.pipe(
    v.string(),
    v.transform((path) => path.startsWith("~/") ? home + path.slice(1) : path),
    v.startsWith("/"),
  );
}

function duration(shortest: string, longest: string | undefined): Schema {
  return v.pipe(
    v.string(),
    v.rawTransform(({ dataset, addIssue, NEVER }) => {
      try {
        return parseDuration(dataset.value, "");
      } catch {
        addIssue();
        return NEVER;
      }
    }),
    v.minValue(parseDuration(shortest, "shortest")),
    v.maxValue(longest === undefined ? Infinity : parseDuration(longest, "longest")),
  );
}

/** The message of a wrong id names the nearest one. */
function metrics(): Schema {
  const known = new Set(REPORTABLE_METRICS.map(({ id }) => id));
  const id = v.pipe(
    v.string(),
    v.check((text) => known.has(text), ({ input }) => whyUnknown(input)),
  );
  return v.pipe(v.array(id), v.nonEmpty(), v.transform(withoutRepeats));
}

function whyUnknown(id: string): string {
  try {
    reportableMetric(id);
    return "";
  } catch (error) {
    return messageOf(error);
  }
}

function withoutRepeats<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values)];
}
