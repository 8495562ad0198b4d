/** Is mtr.json there, twice, and does it know the hosts whose rows there are? */
import type { FolderInfo } from "../../journal/mod.ts";
import { parseFolderInfo } from "../../journal/mod.ts";
import { lastSeqOf } from "../listing.ts";
import { isFresh, rollupMonths } from "../rollup/rollup_files.ts";
import { rowsGoneOf } from "../rollup/rows_gone.ts";
import { type CheckContext, count, note, problem } from "./check_context.ts";
import type { Finding } from "./finding.ts";

export function checkInfo(context: CheckContext): Finding[] {
  const info = context.folder.info();
  if (!info) return hostsOf(context).length === 0 ? [] : [lostInfo(context)];
  return [
    ...damagedInfo(context),
    ...unknownHosts(context, info),
    ...lowNumbers(context, info),
    ...daysThatAreThere(context, info),
  ];
}

/** Hosts whose files there are, whatever mtr.json says. */
export function hostsOf({ listing }: Pick<CheckContext, "listing">): string[] {
  return [...new Set([...listing.files, ...listing.segments].map(({ host }) => host))].sort();
}

function lostInfo(context: CheckContext): Finding {
  return problem(context, "info.lost", context.folder.infoPath, {
    what: "neither mtr.json nor its copy can be read",
    consequence:
      "hosts are known by their ids only, and days whose rows were pruned are not answered",
    remedy: "makes it anew from the names and numbers of the files, and prune.log",
    repair: { do: "info" },
  });
}

function damagedInfo(context: CheckContext): Finding[] {
  const { folder } = context;
  const [text, copy] = [folder.infoPath, folder.infoCopyPath].map((path) =>
    folder.disk.readText(path)
  );
  if (text === undefined || !parseFolderInfo(text)) {
    return [problem(context, "info.damaged", folder.infoPath, {
      what: text === undefined ? "it is missing" : "it can't be read",
      consequence: "none yet: its copy is read instead",
      remedy: "makes it anew from its copy" +
        (text === undefined ? "" : "; what is there goes to quarantine"),
      repair: { do: "info" },
    })];
  }
  if (copy === text) return [];
  return [problem(context, "info.copy", folder.infoCopyPath, {
    what: copy === undefined ? "it is missing" : "it is not what mtr.json says",
    consequence: "none yet: it would be read if mtr.json were damaged",
    remedy: "writes it anew from mtr.json",
    repair: { do: "info" },
  })];
}

function unknownHosts(context: CheckContext, info: FolderInfo): Finding[] {
  const known = new Set(info.hosts.map(({ id }) => id));
  return hostsOf(context).filter((host) => !known.has(host)).map((host) =>
    problem(context, "info.host", context.folder.infoPath, {
      what: `there are rows of ${host}, which it does not name`,
      consequence: "the machine that recorded them would be taken for a new one",
      remedy: `names it; the next recording on a machine called ${host} goes on with it`,
      repair: { do: "info" },
    })
  );
}

/** A recorder writes its last number when it starts and ends: in between the files are ahead. */
function lowNumbers(context: CheckContext, info: FolderInfo): Finding[] {
  return info.hosts.flatMap((host) => {
    const last = lastSeqOf(context.folder, host.id);
    if (last <= host.last_seq) return [];
    return [note(context, "info.number", context.folder.infoPath, {
      what: `it says that ${host.id} came to segment ${host.last_seq}; the files say ${last}`,
      consequence: "none: a recording goes on above both. So it is while one runs, or was killed",
      remedy: "raises the number",
      repair: { do: "info" },
    })];
  });
}

/** A prune that was ended before it removed them. */
function daysThatAreThere(context: CheckContext, info: FolderInfo): Finding[] {
  const { folder, listing } = context;
  return Object.keys(info.rows_gone ?? {}).flatMap((host) => {
    const isGone = rowsGoneOf(folder, host);
    const rolled = new Map(rollupMonths(folder, host).flatMap(({ days }) => [...days]));
    const dates = listing.files.filter((file) =>
      file.dataset === "samples" && file.host === host && isGone(file.date) &&
      isFresh(file, rolled.get(file.date))
    ).map(({ date }) => date);
    if (dates.length === 0) return [];
    return [note(context, "info.days", folder.infoPath, {
      what: `it calls the rows of ${count(dates.length, "day")} of ${host} gone that are there`,
      consequence: "none yet: a prune was ended before it removed them; the next one does",
      remedy: "takes the word back",
      repair: { do: "unname gone days", host, dates },
    })];
  });
}
