/**
 * How much larger the error of a mean over days is because days are like the days before: memory fills over days, so seven
 * of them tell less than seven independent ones. The factor is √((1+ρ)/(1−ρ)), ρ the correlation of neighbouring days.
 */
import { cellMeans, type Day, HOURS } from "./day_blocks.ts";

/** Beyond it the estimate is all there is to see. */
const LARGEST_CORRELATION = 0.9;
const FEWEST_PAIRS = 4;

/**
 * From days themselves.
 * @param residuals of each day, NaN = not known
 * @param before row of the day before, -1 = none
 */
export function serialFactor(residuals: Float64Array, before: Int32Array): number {
  let [products, pairs, squares, count] = [0, 0, 0, 0];
  for (let row = 0; row < residuals.length; row++) {
    const here = residuals[row] ?? Number.NaN;
    if (Number.isNaN(here)) continue;
    squares += here * here;
    count++;
    const other = before[row] ?? -1;
    const there = other < 0 ? Number.NaN : residuals[other] ?? Number.NaN;
    if (Number.isNaN(there)) continue;
    products += here * there;
    pairs++;
  }
  if (pairs < FEWEST_PAIRS || squares === 0) return 1;
  return factorOf(unbiased((products / pairs) / (squares / count), count / 2));
}

/**
 * From hours: few days cannot show how slow a metric is, their hours can. If an hour passes φ of its deviation on to the
 * next, days pass on what 24 such steps leave.
 */
export function slownessOfHours(days: readonly Day[]): number {
  const means = cellMeans(days);
  let shift = 0;
  for (const { a, b } of means.values()) shift += (b - a) / means.size;
  const residual = ({ stratum, period, hours }: Day, hour: number) => {
    const cell = means.get(stratum * HOURS + hour);
    const usual = cell ? (cell.a + cell.b) / 2 + (period === 1 ? shift : -shift) / 2 : Number.NaN;
    return (hours[hour] ?? Number.NaN) - usual;
  };
  let [products, squares, pairs] = [0, 0, 0];
  for (const day of days) {
    for (let hour = 1; hour < HOURS; hour++) {
      const [here, there] = [residual(day, hour), residual(day, hour - 1)];
      if (Number.isNaN(here) || Number.isNaN(there)) continue;
      products += here * there;
      squares += (here * here + there * there) / 2;
      pairs++;
    }
  }
  if (squares === 0) return 1;
  return factorOf(correlationOfDays(unbiased(products / squares, pairs / 2)));
}

/** Of the means of two neighbouring days whose hours follow an AR(1) process. */
function correlationOfDays(phi: number): number {
  if (phi <= 0) return 0;
  let [own, shared] = [HOURS, 0];
  for (let lag = 1; lag < 2 * HOURS; lag++) {
    if (lag < HOURS) own += 2 * (HOURS - lag) * phi ** lag;
    shared += (lag <= HOURS ? lag : 2 * HOURS - lag) * phi ** lag;
  }
  return shared / own;
}

/** Estimates from few values are too low: Marriott & Pope 1954. */
function unbiased(correlation: number, count: number): number {
  return Math.min(0.99, correlation + (1 + 3 * correlation) / count);
}

function factorOf(correlation: number): number {
  const rho = Math.min(LARGEST_CORRELATION, Math.max(0, correlation));
  return Math.sqrt((1 + rho) / (1 - rho));
}
