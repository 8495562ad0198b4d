/** Hours of an invented machine: habits of a week, days and hours that differ, and slow or bursty metrics. */
import { type HourMean, weekdayOf } from "../../../src/analysis/compare/day_blocks.ts";
import { seededRandom } from "../../../src/analysis/compare/random.ts";

/** A Monday, in days since 1970. */
const FIRST_DAY = 20_412;

interface Moment {
  readonly weekday: number;
  readonly hour: number;
}

type Process = (random: () => number) => (moment: Moment) => number;

/** How likely work is at an hour of the week. */
function habit({ weekday, hour }: Moment): number {
  if (weekday > 5) return hour >= 10 && hour < 23 ? 0.3 : 0.03;
  if (hour >= 9 && hour < 18) return 1;
  return hour >= 19 && hour < 23 ? 0.35 : 0.03;
}

/** Marsaglia's normal deviates would be faster; Box and Muller's are shorter. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export const PROCESSES = {
  /** Each day is busier or idler as a whole, hours follow their neighbours, some are builds. */
  cpu: (random) => {
    let [day, neighbour, isBurst] = [1, 0, false];
    return (moment) => {
      if (moment.hour === 0) day = Math.exp(0.35 * normal(random));
      neighbour = 0.7 * neighbour + 0.7 * normal(random);
      isBurst = random() < (isBurst ? 0.5 : 0.03);
      const work = 30 * habit(moment) * day * Math.exp(0.35 * neighbour);
      return Math.min(100, 2 + work + (isBurst ? 40 * random() * (0.3 + habit(moment)) : 0));
    };
  },
  /** Nothing, but for some hours. */
  gpu: (random) => {
    let isOn = false;
    return (moment) => {
      isOn = random() < (isOn ? 0.6 : 0.06 * habit(moment));
      return (isOn ? 60 * random() : 0) + 2 * habit(moment) * random();
    };
  },
  /** What is in memory stays there for days. */
  ram: (random) => {
    let level = 3.3 * normal(random);
    return (moment) => {
      level = 0.97 * level + 0.8 * normal(random);
      return 60 + 8 * habit(moment) + level;
    };
  },
  /** A server: the same every week, but for independent noise. */
  steady: (random) => (moment) => 20 + 20 * habit(moment) + 3 * normal(random),
} as const satisfies Record<string, Process>;

export type ProcessName = keyof typeof PROCESSES;

/** Two periods of whole weeks that follow one another. @param change added to the hours of the second one */
export function simulatedPeriods(
  name: ProcessName,
  { weeks, seed, change = () => 0 }: {
    readonly weeks: number;
    readonly seed: number;
    readonly change?: (moment: Moment) => number;
  },
): { readonly a: HourMean[]; readonly b: HourMean[] } {
  const next = PROCESSES[name](seededRandom(seed));
  const half = weeks * 7 * 24;
  const all = Array.from({ length: 2 * half }, (_, i): HourMean => {
    const localHour = FIRST_DAY * 24 + i;
    const moment = { weekday: weekdayOf(Math.floor(localHour / 24)), hour: localHour % 24 };
    return { localHour, mean: next(moment) + (i < half ? 0 : change(moment)) };
  });
  return { a: all.slice(0, half), b: all.slice(half) };
}
