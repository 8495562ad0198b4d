/**
 * Whether two periods differ by more than days differ anyway. The unit is the day: hours of one day are not independent.
 *
 * Each region (weekdays × part of the day) has a studentized difference between the periods; the largest one is compared
 * with the largest ones after whole days have changed places at random (max-T: Westfall & Young 1993, so searching many
 * regions costs no false alarms; residuals are exchanged, not raw values: Freedman & Lane 1983). docs/comparing.md says it
 * in words.
 */
import { type BlockTable, PARTS } from "./day_blocks.ts";
import { type Design, designOf, type Region } from "./design.ts";
import { makeFit } from "./fit.ts";
import { seededRandom, shuffle } from "./random.ts";

export interface RegionResult extends Region {
  /** Mean of period B less that of period A, over what is alike. */
  readonly shift: number;
  /** Size of the shift in units of its standard error. */
  readonly t: number;
  /** Of this region, already corrected for the search over all regions. */
  readonly p: number;
}

export interface ChangeTest {
  /** Chance of a difference like the largest one of any region, if nothing has changed. */
  readonly p: number;
  /** By size, largest first. Empty when there is nothing to test. */
  readonly regions: readonly RegionResult[];
}

export interface ChangeTestOptions {
  /** Differences of this size mean nothing to anybody: added to the noise, so that silence does not make them significant. */
  readonly tolerance: number;
  /** How much larger errors are because the metric is slow; see slowness.ts. 1 = days are independent. */
  readonly slowness: number;
  readonly seed: number;
  /** @default 3999 */
  readonly permutations?: number;
}

/** Once so many exchanges were as large, it is noise, whatever further ones say: Besag & Clifford 1991. */
const ENOUGH_EXCEEDANCES = 25;

export function testChange(table: BlockTable, options: ChangeTestOptions): ChangeTest {
  const { tolerance, slowness, seed, permutations = 3999 } = options;
  const design = designOf(table);
  const { regions } = design;
  if (regions.length === 0) return { p: 1, regions: [] };
  const fit = makeFit(design, tolerance);
  const { shifts, ts } = copyOf(fit(table.values, slowness));
  const largest = Math.max(...ts);
  const exceeded = new Int32Array(regions.length);
  const residuals = residualsOf(design, table.values);
  const exchanged = new Float64Array(table.values.length);
  const random = seededRandom(seed);
  let [done, exceedances] = [0, 0];
  while (done < permutations && exceedances < ENOUGH_EXCEEDANCES) {
    exchangeDays(design, { from: residuals, to: exchanged, random });
    // Exchanged days are independent, so only the slowness that chance shows in them counts.
    const most = fit(exchanged, 1).t.reduce((max, t) => Math.max(max, t), 0);
    done++;
    if (most >= largest) exceedances++;
    ts.forEach((t, i) => exceeded[i] = (exceeded[i] ?? 0) + (most >= t ? 1 : 0));
  }
  const pOf = (count = 0) => (count + 1) / (done + 1);
  const results = regions.map((region, i): RegionResult => ({
    ...region,
    shift: shifts[i] ?? 0,
    t: ts[i] ?? 0,
    p: pOf(exceeded[i]),
  }));
  return { p: pOf(exceedances), regions: results.sort((a, b) => b.t - a.t) };
}

/** The fit's arrays are used again by the next one. */
function copyOf({ shift, t }: { readonly shift: Float64Array; readonly t: Float64Array }) {
  return { shifts: [...shift], ts: [...t] };
}

/** Deviations from the mean of their stratum, as large as if that mean were known. */
function residualsOf({ rows, stratum, strata }: Design, values: Float64Array): Float64Array {
  const residuals = new Float64Array(values.length).fill(Number.NaN);
  for (let part = 0; part < PARTS; part++) {
    for (let s = 0; s < strata.length; s++) {
      const cells = Array.from({ length: rows }, (_, row) => row * PARTS + part)
        .filter((cell, row) => stratum[row] === s && !Number.isNaN(values[cell]));
      const n = cells.length;
      const mean = cells.reduce((sum, cell) => sum + (values[cell] ?? 0), 0) / n;
      const growth = n > 1 ? Math.sqrt(n / (n - 1)) : 0;
      for (const cell of cells) residuals[cell] = ((values[cell] ?? 0) - mean) * growth;
    }
  }
  return residuals;
}

interface Exchange {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly random: () => number;
}

/** Whole days change places with days of their class, all parts together. */
function exchangeDays({ members }: Design, { from, to, random }: Exchange): void {
  for (const rows of members) {
    const others = rows.slice();
    shuffle(others, random);
    for (let i = 0; i < rows.length; i++) {
      const [row, other] = [(rows[i] ?? 0) * PARTS, (others[i] ?? 0) * PARTS];
      for (let part = 0; part < PARTS; part++) to[row + part] = from[other + part] ?? Number.NaN;
    }
  }
}
