import type { Reading, SourceResult } from "../../../src/model/mod.ts";

const FOLDER = new URL("../../fixtures/mactop/", import.meta.url);

/** Text of a file below tests/fixtures/mactop/. */
export function fixture(name: string): string {
  return Deno.readTextFileSync(new URL(name, FOLDER));
}

/** The reading of a result that has to be ok. */
export function readingOf(result: SourceResult): Reading {
  if (result.state !== "ok") throw new Error(`${result.state}: ${result.reason}`);
  return result.reading;
}

/** The series of one metric, as label → value. */
export function seriesOf({ series }: Reading, metric: string): Record<string, number> {
  return Object.fromEntries(
    series.filter((entry) => entry.metric === metric).map(({ label, value }) => [label, value]),
  );
}
