import type { FileReader, ReaderContext } from "../import_format.ts";
import { parseTimestamp } from "../timestamp.ts";
import type { LocalMoment } from "../local_clock.ts";
import { Fields } from "../fields.ts";
import { JsonObjects } from "./json_objects.ts";

/** A reader of a file of JSON objects. */
export function jsonReader(
  { sink }: ReaderContext,
  accept: (object: Readonly<Record<string, unknown>>, line: number) => void,
): FileReader {
  const objects = new JsonObjects({
    object: accept,
    problem: (line, reason) => sink.problem(line, reason),
  });
  return {
    line: (text, number) => objects.line(text, number),
    end: () => objects.end(),
  };
}

/**
 * The moment in a field of an object; null, and reported, where there is none.
 * @param ownZone the program writes local times, so that `Z` and `+00:00` are the offset of the place too
 */
export function momentIn(
  object: Readonly<Record<string, unknown>>,
  key: string,
  { line, ownZone, context: { sink, clock } }: {
    readonly line: number;
    readonly ownZone: boolean;
    readonly context: ReaderContext;
  },
): LocalMoment | null {
  const text = new Fields(object).text(key);
  const time = text === undefined ? null : parseTimestamp(text);
  if (time === null) {
    sink.problem(line, text === undefined ? `no ${key}` : `${key} ${text} is not a time`);
    return null;
  }
  if (ownZone && !("wallMs" in time)) return clock.at(time.ms, time.offsetMin ?? 0);
  return clock.momentOf(time);
}
