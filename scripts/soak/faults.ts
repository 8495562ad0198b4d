/** What goes wrong in a simulated hour. */
import { join } from "node:path";
import { FAIL_POINTS } from "../../src/platform/mod.ts";
import type { Random } from "../../tests/faults/power_cut.ts";
import type { Trouble } from "../../tests/faults/troubled_disk.ts";
import type { Hands } from "./hands.ts";
import type { SoakClock } from "./soak_clock.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What a fault may lay its hands on. */
export interface World {
  readonly clock: SoakClock;
  readonly random: Random;
  /** Of the long recording's disk. */
  readonly trouble: Trouble;
  readonly hands: Hands;
  /** The folder that the data folder is in. */
  readonly disk: string;
  /** The next fold meets this. */
  nextFold: string;
  zone: string;
  readonly brief: BriefHost;
  readonly long: string;
  readonly problems: string[];
}

/** The host that is killed again and again. */
export interface BriefHost {
  readonly id: string;
  readonly folder: string;
  rows: number;
  readonly dates: Set<string>;
}

export type Fault = (world: World) => void | Promise<void>;

export const FAULTS: Readonly<Record<string, Fault>> = {
  "nothing": () => {},
  "the fold is killed": (world) => {
    // Files of days are replaced first, then those of rollups.
    const nth = world.random() < 0.6 ? 1 : 1 + Math.floor(world.random() * 12);
    world.nextFold = `${pick(world.random, FOLD_POINTS)}@${nth}=kill`;
  },
  "the fold finds the disk full": (world) => {
    world.nextFold = `${pick(world.random, ["fold.before_part", "replace.before_rename"])}=ENOSPC`;
  },
  "the disk takes rows in halves": ({ clock, random, trouble }) => {
    trouble.writesLeft = 0;
    trouble.truncatesFail = random() < 0.5;
    clock.after(random() * 20 * MINUTE_MS, () => trouble.truncatesFail = false);
    clock.after(20 * MINUTE_MS, () => trouble.writesLeft = Infinity);
  },
  "the disk writes a few bytes at a time": ({ clock, trouble }) => {
    trouble.longestWrite = 100;
    clock.after(10 * MINUTE_MS, () => trouble.longestWrite = Infinity);
  },
  "fsyncs fail": ({ clock, trouble }) => {
    trouble.syncsFail = true;
    clock.after(10 * MINUTE_MS, () => trouble.syncsFail = false);
  },
  "the disk is unplugged for a while": async ({ clock, disk, hands }) => {
    // Not while a fold or a reader is at it: nobody can unplug a disk in the middle of a system call.
    await clock.during(hands.idle());
    const away = `${disk}.away`;
    Deno.renameSync(disk, away);
    clock.after(15 * MINUTE_MS, () => Deno.renameSync(away, disk));
  },
  "the clock is set": ({ clock, random }) => {
    const step = pick(random, [HOUR_MS, 24 * HOUR_MS]) * (random() < 0.5 ? 1 : -1);
    clock.step(step);
    clock.after(pick(random, [30, 90]) * MINUTE_MS, () => clock.step(-step));
  },
  "the machine sleeps": ({ clock, random }) => clock.suspend(random() * 3 * HOUR_MS),
  "the machine travels": (world) => {
    world.zone = pick(world.random, ["Europe/Berlin", "Asia/Kathmandu", "Pacific/Honolulu"]);
  },
  "foreign files appear": ({ disk, random }) => {
    const places = ["", "journal", "samples", "samples/host=long"];
    const name = `foreign ${Math.floor(random() * 1000)}.parquet`;
    Deno.writeTextFileSync(join(disk, "data", pick(random, places), name), "not ours");
  },
  "another machine's recorder is killed": (world) => world.clock.during(killBriefRecorder(world)),
  "somebody reads": (world) => world.clock.during(readBoth(world)),
};

const FOLD_POINTS = FAIL_POINTS.filter((name) => /^(fold|replace)\./.test(name));

function pick<T>(random: Random, choices: readonly T[]): T {
  return choices[Math.floor(random() * choices.length)] as T;
}

async function killBriefRecorder(world: World): Promise<void> {
  const { brief, clock, random, hands, problems } = world;
  const script = new URL("./brief_recorder.ts", import.meta.url).pathname;
  const startMs = Math.floor(clock.wallMs() / HOUR_MS) * HOUR_MS;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "--no-check", "--quiet", script, brief.folder, brief.id]
      .concat(String(brief.rows + 1), String(startMs)),
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const timer = setTimeout(() => child.kill("SIGKILL"), 80 + random() * 150);
  const said = new TextDecoder().decode((await child.output()).stdout).split("\n").at(-2);
  clearTimeout(timer);
  const known = Number(said ?? brief.rows);
  const { rows, distinct, last, notes } = await hands.count(brief.id);
  // The last row may have been written in the moment before it was said.
  const isRight = rows === distinct && rows === last && (rows === known || rows === known + 1);
  if (!isRight || notes.length > 0) {
    problems.push(`${brief.id}: ${rows} rows, ${distinct} distinct, after ${known}; ${notes}`);
  }
  if (rows > brief.rows) {
    for (const ms of [startMs, startMs + 59 * MINUTE_MS]) {
      brief.dates.add(new Date(ms).toISOString().slice(0, 10));
    }
  }
  brief.rows = rows;
}

async function readBoth({ hands, brief, long, problems }: World): Promise<void> {
  for (const host of [long, brief.id]) {
    const { rows, distinct, first, last, notes } = await hands.count(host);
    const isWhole = rows === distinct && rows === last && first === Math.min(rows, 1);
    if (!isWhole) problems.push(`${host}: ${rows} rows, ${distinct} distinct, ${first} to ${last}`);
    problems.push(...notes);
  }
}
