import { type Contender, type MeasuredRun, measureRun } from "./measure_run.ts";
import { median } from "./median.ts";

/** Medians of one contender's runs; a contender that failed has a reason instead. */
export type Result =
  & { readonly name: string }
  & (
    | (MeasuredRun & { readonly failed?: undefined })
    | { readonly failed: string }
  );

/**
 * Runs all contenders in each round, so that their ratios come from the same minutes: the speed of a shared machine
 * changes by a third from hour to hour. One round before them, not counted, fills the page cache.
 */
export async function interleave(
  contenders: readonly Contender[],
  rounds: number,
  onRound: (round: number) => void,
): Promise<Result[]> {
  const runs = new Map<string, MeasuredRun[]>(contenders.map(({ name }) => [name, []]));
  const failed = new Map<string, string>();
  for (let round = 0; round <= rounds; round++) {
    onRound(round);
    for (const contender of contenders.filter(({ name }) => !failed.has(name))) {
      try {
        const run = await measureRun(contender);
        if (round > 0) runs.get(contender.name)?.push(run);
      } catch (error) {
        failed.set(contender.name, (error as Error).message);
      }
    }
  }
  return contenders.map(({ name }) => {
    const reason = failed.get(name);
    return reason === undefined
      ? { name, ...medians(runs.get(name) ?? []) }
      : { name, failed: reason };
  });
}

function medians(runs: readonly MeasuredRun[]): MeasuredRun {
  const of = (pick: (run: MeasuredRun) => number | null) => {
    const known = runs.map(pick).filter((value) => value !== null);
    return known.length === 0 ? null : median(known);
  };
  return {
    wallS: of(({ wallS }) => wallS) ?? Number.NaN,
    cpuS: of(({ cpuS }) => cpuS),
    peakRssBytes: of((run) => run.peakRssBytes),
  };
}
