/** Differences between the periods and their standard errors, region by region. Written for speed: thousands of fits a metric. */
import { PARTS } from "./day_blocks.ts";
import type { Design } from "./design.ts";
import { serialFactor } from "./slowness.ts";

/** Valid until the next fit. */
export interface Fitted {
  /** By region: weighted mean of the strata's differences, weights nA·nB/(nA+nB). */
  readonly shift: Float64Array;
  /** By region: |shift| in units of its standard error. */
  readonly t: Float64Array;
}

/** @param slowness divides differences over neighbouring days, unless the values show that days are even more alike */
export type Fit = (values: Float64Array, slowness: number) => Fitted;

/** With so many degrees of freedom, noise is measured within stratum and period; with fewer, one shift for all is assumed. */
const FULL_MODEL_DF = 12;
const WHOLE_DAY = 0;

/** Sums by stratum and part, and noise by class and part; row-major with PARTS columns. */
interface Scratch {
  /** Difference of the periods' means, and its weight. */
  readonly difference: Float64Array;
  readonly weight: Float64Array;
  /** Mean over both periods. */
  readonly mean: Float64Array;
  /** Sum of squares around it. */
  readonly within: Float64Array;
  readonly count: Float64Array;
  /** By stratum and period, of one part at a time; squares by stratum. */
  readonly n: Float64Array;
  readonly sum: Float64Array;
  readonly squares: Float64Array;
  readonly classShift: Float64Array;
  readonly variance: Float64Array;
}

export function makeFit(design: Design, tolerance: number): Fit {
  const { strata, members, regions, classOf } = design;
  const columns = (rows: number) => new Float64Array(rows * PARTS);
  const scratch: Scratch = {
    difference: columns(strata.length),
    weight: columns(strata.length),
    mean: columns(strata.length),
    within: columns(strata.length),
    count: columns(strata.length),
    n: new Float64Array(2 * strata.length),
    sum: new Float64Array(2 * strata.length),
    squares: new Float64Array(strata.length),
    classShift: columns(members.length),
    variance: columns(members.length),
  };
  const residuals = new Float64Array(design.rows);
  const fitted = { shift: new Float64Array(regions.length), t: new Float64Array(regions.length) };
  const indices = regions.map((region) => region.strata.map((one) => strata.indexOf(one)));
  return (values, slowness) => {
    for (let part = 0; part < PARTS; part++) {
      sumStrata(design, values, part, scratch);
      for (let c = 0; c < members.length; c++) fitClass(design, { c, part, tolerance }, scratch);
    }
    wholeDayResiduals(design, values, scratch, residuals);
    const factor = Math.max(slowness, serialFactor(residuals, design.before));
    for (let i = 0; i < regions.length; i++) {
      const { part } = regions[i] ?? { part: 0 };
      let [weight, difference, noise] = [0, 0, 0];
      for (const s of indices[i] ?? []) {
        const w = scratch.weight[s * PARTS + part] ?? 0;
        weight += w;
        difference += w * (scratch.difference[s * PARTS + part] ?? 0);
        noise += w * (scratch.variance[(classOf[s] ?? 0) * PARTS + part] ?? 0);
      }
      // Days of one weekday are a week apart; where strata are mixed, or there is one, they are neighbours.
      const isSpread = strata.length > 1 && indices[i]?.length === 1;
      fitted.shift[i] = weight > 0 ? difference / weight : 0;
      fitted.t[i] = noise > 0
        ? Math.abs(difference) / Math.sqrt(noise) / (isSpread ? 1 : factor)
        : 0;
    }
    return fitted;
  };
}

function sumStrata(design: Design, values: Float64Array, part: number, into: Scratch): void {
  const { rows, stratum, period, strata } = design;
  const { n, sum, squares } = into;
  n.fill(0);
  sum.fill(0);
  squares.fill(0);
  for (let row = 0; row < rows; row++) {
    const value = values[row * PARTS + part] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const s = stratum[row] ?? 0;
    const cell = 2 * s + (period[row] ?? 0);
    n[cell] = (n[cell] ?? 0) + 1;
    sum[cell] = (sum[cell] ?? 0) + value;
    squares[s] = (squares[s] ?? 0) + value * value;
  }
  for (let s = 0; s < strata.length; s++) {
    const [nA = 0, nB = 0] = [n[2 * s], n[2 * s + 1]];
    const [sumA = 0, sumB = 0] = [sum[2 * s], sum[2 * s + 1]];
    const count = nA + nB;
    const isBoth = nA > 0 && nB > 0;
    const mean = count > 0 ? (sumA + sumB) / count : 0;
    const i = s * PARTS + part;
    into.weight[i] = isBoth ? (nA * nB) / count : 0;
    into.difference[i] = isBoth ? sumB / nB - sumA / nA : 0;
    into.mean[i] = mean;
    into.count[i] = isBoth ? count : 0;
    into.within[i] = isBoth ? (squares[s] ?? 0) - count * mean * mean : 0;
  }
}

/** The shift that a class of strata has in common, and the noise that remains. */
function fitClass(
  { strata, classOf }: Design,
  { c, part, tolerance }: { c: number; part: number; tolerance: number },
  into: Scratch,
): void {
  let [weight, first, second, within, days, groups] = [0, 0, 0, 0, 0, 0];
  for (let s = 0; s < strata.length; s++) {
    const i = s * PARTS + part;
    if (classOf[s] !== c || !into.count[i]) continue;
    const [w = 0, d = 0] = [into.weight[i], into.difference[i]];
    weight += w;
    first += w * d;
    second += w * d * d;
    within += into.within[i] ?? 0;
    days += into.count[i] ?? 0;
    groups++;
  }
  const shift = weight > 0 ? first / weight : 0;
  const isFull = days - 2 * groups >= FULL_MODEL_DF;
  const squares = within - (isFull ? second : weight * shift * shift);
  const df = isFull ? days - 2 * groups : days - groups - 1;
  into.classShift[c * PARTS + part] = shift;
  into.variance[c * PARTS + part] = Math.max(0, squares) / Math.max(1, df) + tolerance ** 2;
}

/** What weekday and period leave unexplained of each day; NaN where the day is not known. */
function wholeDayResiduals(
  { rows, stratum, period, classOf }: Design,
  values: Float64Array,
  { mean, classShift }: Scratch,
  into: Float64Array,
): void {
  for (let row = 0; row < rows; row++) {
    const s = stratum[row] ?? 0;
    const half = (classShift[(classOf[s] ?? 0) * PARTS + WHOLE_DAY] ?? 0) / 2;
    const value = values[row * PARTS + WHOLE_DAY] ?? Number.NaN;
    into[row] = value - (mean[s * PARTS + WHOLE_DAY] ?? 0) - (period[row] === 1 ? half : -half);
  }
}
