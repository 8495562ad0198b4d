/** All formats there are. A new one is a file and a line here. */
import { nearestWord, UsageError } from "../model/mod.ts";
import { mactopReport } from "./csv/mactop_report.ts";
import { mappedCsv } from "./csv/mapped_csv.ts";
import type { ImportFormat } from "./import_format.ts";
import { macmon } from "./json/macmon.ts";
import { mactopHeadless } from "./json/mactop_headless.ts";
import { mactopScraper } from "./json/mactop_scraper.ts";
import { powermetricsPlist } from "./powermetrics/powermetrics_plist.ts";
import { powermetricsText } from "./powermetrics/powermetrics_text.ts";

const FORMATS: readonly ImportFormat[] = [
  mactopReport,
  mactopScraper,
  mactopHeadless,
  macmon,
  powermetricsPlist,
  powermetricsText,
  mappedCsv,
];

/** For `--from`. */
export const FORMAT_NAMES: readonly string[] = [...new Set(FORMATS.map(({ name }) => name))];

/** @throws {UsageError} for a name that no format has */
export function refuseUnknownFormat(name: string): void {
  if (FORMAT_NAMES.includes(name)) return;
  const nearest = nearestWord(name, FORMAT_NAMES);
  throw new UsageError(
    `--from ${name}: no such format` + (nearest ? `; did you mean ${nearest}?` : ""),
    [`formats: ${FORMAT_NAMES.join(", ")}`],
  );
}

/**
 * The format of a file: the one that is named, else the one that its beginning looks like; undefined where there is none.
 * A name that stands for several (powermetrics' two) is decided by the beginning.
 */
export function formatOf(head: string, name: string | undefined): ImportFormat | undefined {
  const named = FORMATS.filter((format) => name === undefined || format.name === name);
  return named.find((format) => format.recognises(head)) ??
    (name === undefined ? undefined : named[0]);
}
