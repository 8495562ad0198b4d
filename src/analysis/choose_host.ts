import { NoDataError } from "../model/mod.ts";

import { type DataFolder, type Host, listDays, rolledOnlyDays } from "../store/mod.ts";

export interface ChosenHost {
  readonly id: string;
  readonly name: string;
  /** First and last local day with data: rows, or what rollups keep of rows that were removed. */
  readonly firstDate: string;
  readonly lastDate: string;
  /** Other hosts with data in the same folder. */
  readonly others: readonly string[];
}

/**
 * Whose rows a report is about: the host that was named, else the one that recorded last.
 * @throws {NoDataError} when there is no data, or none of that host
 */
export function chooseHost(folder: DataFolder, wanted: string | undefined): ChosenHost {
  const recorded = listDays(folder, "samples");
  const days = [...recorded, ...rolledOnlyDays(folder, recorded)];
  const byHost = Map.groupBy(days, ({ host }) => host);
  const known = folder.info()?.hosts ?? [];
  const id = wanted === undefined ? latest(byHost) : named(wanted, [...byHost.keys()], known);
  const dates = (byHost.get(id ?? "") ?? []).map(({ date }) => date).sort();
  const [firstDate] = dates;
  const lastDate = dates.at(-1);
  if (id === undefined || firstDate === undefined || lastDate === undefined) {
    throw nothingRecorded(folder, wanted, [...byHost.keys()]);
  }
  return {
    id,
    name: known.find((host) => host.id === id)?.name ?? id,
    firstDate,
    lastDate,
    others: [...byHost.keys()].filter((other) => other !== id),
  };
}

function latest(
  byHost: ReadonlyMap<string, readonly { readonly date: string }[]>,
): string | undefined {
  const last = [...byHost].map((
    [host, days],
  ) => [days.map(({ date }) => date).sort().at(-1) ?? "", host]);
  return last.sort((a, b) => (a.join() < b.join() ? -1 : 1)).at(-1)?.[1];
}

function named(wanted: string, ids: readonly string[], known: readonly Host[]): string | undefined {
  return ids.find((id) => id === wanted) ?? known.find(({ name }) => name === wanted)?.id;
}

function nothingRecorded(
  folder: DataFolder,
  wanted: string | undefined,
  ids: readonly string[],
): NoDataError {
  if (wanted !== undefined && ids.length > 0) {
    return new NoDataError(`nothing is recorded of a host called ${wanted}`, [
      `hosts in ${folder.path}: ${ids.join(", ")}`,
    ]);
  }
  return new NoDataError(`nothing is recorded in ${folder.path}`, [
    "start a recording:      mtr record &",
    "or look at made-up data: mtr demo",
  ]);
}
