/** Labels of a time axis: at round local times, as many as fit. */
import { localTime, MONTH_NAMES, twoDigits, WEEKDAY_NAMES } from "../../model/mod.ts";

const MINUTE_MS = 60_000;
const DAY_MIN = 1440;
/** Minutes from the Monday before the epoch, a Thursday: so that weeks begin on Mondays. */
const TO_MONDAY_MIN = 3 * DAY_MIN;

/** A spacing of labels. Local times are minutes since 1970-01-01T00:00 on the local clock. */
interface Step {
  readonly floor: (localMin: number) => number;
  readonly label: (localMin: number) => string;
  /** Columns that the widest label takes. */
  readonly width: number;
}

const clockStep = (minutes: number): Step => ({
  floor: (localMin) => localMin - localMin % minutes,
  // Between clock times, midnight is the place to say which day begins.
  label: (localMin) => localMin % DAY_MIN === 0 ? dayName(localMin) : clock(localMin),
  width: 6,
});
const dayStep = (days: number, label: (localMin: number) => string): Step => ({
  floor: (localMin) => localMin - (localMin + TO_MONDAY_MIN) % (days * DAY_MIN),
  label,
  width: 6,
});

const utc = (localMin: number) => new Date(localMin * MINUTE_MS);
const clock = (localMin: number) =>
  `${twoDigits(utc(localMin).getUTCHours())}:${twoDigits(utc(localMin).getUTCMinutes())}`;
const dayName = (localMin: number) =>
  `${WEEKDAY_NAMES[(utc(localMin).getUTCDay() + 6) % 7]} ${utc(localMin).getUTCDate()}`;
const month = (localMin: number) => MONTH_NAMES[utc(localMin).getUTCMonth()] ?? "";
const date = (localMin: number) => `${utc(localMin).getUTCDate()} ${month(localMin)}`;

/** From fine to coarse. */
const STEPS: readonly Step[] = [
  ...[1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map(clockStep),
  dayStep(1, dayName),
  dayStep(7, date),
  dayStep(14, date),
  {
    floor: (localMin) =>
      Date.UTC(utc(localMin).getUTCFullYear(), utc(localMin).getUTCMonth()) / MINUTE_MS,
    label: month,
    width: 3,
  },
  {
    floor: (localMin) => Date.UTC(utc(localMin).getUTCFullYear(), 0) / MINUTE_MS,
    label: (localMin) => String(utc(localMin).getUTCFullYear()),
    width: 4,
  },
];

export interface AxisLabel {
  /** The column in which the labelled time lies. */
  readonly column: number;
  /** The labelled time, epoch milliseconds. */
  readonly ms: number;
  readonly text: string;
}

/** @param starts begin of each column, epoch milliseconds, equally far apart */
export function timeAxis(starts: readonly number[], timeZone: string): AxisLabel[] {
  const [first = 0, second = first + MINUTE_MS] = starts;
  // The moment before the first column decides whether that one begins something.
  const times = [first - (second - first), ...starts];
  const localMins = times.map((ms) => localMinutes(ms, timeZone));
  for (const step of STEPS) {
    const labels = labelsOf(times, localMins, step);
    if (labels.length * (step.width + 2) <= starts.length) {
      return labels.filter(({ column, text }) => column + text.length <= starts.length);
    }
  }
  return [];
}

function labelsOf(
  times: readonly number[],
  localMins: readonly number[],
  { floor, label }: Step,
): AxisLabel[] {
  const labels: AxisLabel[] = [];
  for (let i = 1; i < localMins.length; i++) {
    const now = localMins[i] ?? 0;
    const boundary = floor(now);
    if (boundary === floor(localMins[i - 1] ?? 0)) continue;
    // A boundary between two columns' begins lies inside of the first of them.
    const column = boundary === now ? i - 1 : i - 2;
    const ms = (times[i] ?? 0) - (now - boundary) * MINUTE_MS;
    if (column >= 0) labels.push({ column, ms, text: label(boundary) });
  }
  return labels;
}

function localMinutes(ms: number, timeZone: string): number {
  return (ms + localTime(ms, timeZone).offsetMs) / MINUTE_MS;
}
