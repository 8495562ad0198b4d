/** The week by hour as differences of two periods: tables of coloured cells that hold their figures. */
import { WEEKDAY_NAMES } from "../../model/mod.ts";
import type { ComparedMetric, DifferenceCell } from "../../analysis/mod.ts";
import { hourText } from "../chart/chart_words.ts";
import { signedText, unitOf } from "../compare/compared_numbers.ts";
import {
  FULL_POINTS,
  fullDifference,
  isWorse,
  weekdaysOfCells,
} from "../compare/difference_scale.ts";
import { metricHue } from "../metric_hue.ts";
import { isShare } from "../metric_kind.ts";
import { hourHeads, HOURS } from "./heat_section.ts";
import { type Markup, markup } from "./markup.ts";

/** Shades from no difference to a full one. */
const STEPS = 10;

export function differenceSection(metrics: readonly ComparedMetric[]): Markup | null {
  const drawn = metrics.filter(({ cells }) => cells.length > 0);
  if (drawn.length === 0) return null;
  return markup`<section aria-labelledby="week">
<h2 id="week">The week by hour: B less A</h2>
${legend(drawn)}<div class="maps">
${drawn.map(differenceTable)}</div>
</section>
`;
}

function differenceTable(compared: ComparedMetric): Markup {
  const { metric } = compared;
  const byCell = new Map(compared.cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const full = fullDifference(compared);
  return markup`<div class="map hue-${metricHue(metric)}"><table>
<caption><b>${metric.title}</b> <span class="unit">±${
    signedText(compared, full).replace("+", "")
  } ${isShare(metric) ? "points" : unitOf(compared).label}</span><span class="unseen"> ${
    largestWords(compared)
  }</span></caption>
<thead><tr><td></td>${hourHeads()}</tr></thead>
<tbody>
${
    weekdaysOfCells(compared).map((weekday) =>
      markup`<tr><th scope="row">${WEEKDAY_NAMES[weekday - 1] ?? "all"}</th>${
        HOURS.map((hour) => {
          const when = whenText(weekday, hour);
          const cell = byCell.get(weekday * 24 + hour);
          return cell
            ? differenceCell(cell, { compared, full, when })
            : markup`<td title="${when}: not in both"></td>`;
        })
      }</tr>
`
    )
  }</tbody>
</table></div>
`;
}

function differenceCell(
  { a, b }: DifferenceCell,
  { compared, full, when }: { compared: ComparedMetric; full: number; when: string },
): Markup {
  const { factor, decimals, label } = unitOf(compared);
  const text = (value: number) => (value / factor).toFixed(decimals);
  const step = Math.round(Math.min(1, Math.abs(b - a) / full) * STEPS);
  const name = step === 0 ? "d0" : `${isWorse(compared.metric, b - a) ? "w" : "b"}${step}`;
  const difference = signedText(compared, b - a);
  return markup`<td class="${name}" title="${when}: ${
    `${text(a)} → ${text(b)} ${label}`.trimEnd()
  } (${difference})"><i>${difference}</i></td>`;
}

/** The two ends of a map in words. */
function largestWords(compared: ComparedMetric): string {
  const { metric, cells } = compared;
  const [first] = cells;
  if (!first) return "";
  const by = (sign: 1 | -1) =>
    cells.reduce(
      (most, cell) => (sign * (cell.b - cell.a) > sign * (most.b - most.a) ? cell : most),
      first,
    );
  const words = (cell: DifferenceCell) =>
    `${signedText(compared, cell.b - cell.a)} ${whenText(cell.weekday, cell.hour)}`;
  return `${metric.title}, difference by weekday and hour: most up ${words(by(1))}, most down ${
    words(by(-1))
  }.`;
}

function whenText(weekday: number, hour: number): string {
  return weekday === 0 ? `${hour}–${hour + 1} h` : hourText(weekday, hour);
}

function legend(drawn: readonly ComparedMetric[]): Markup {
  const steps = Array.from({ length: STEPS }, (_, i) => i + 1);
  const isPoints = drawn.every(({ metric }) => isShare(metric));
  const ramp = [
    ...steps.toReversed().map((step) => `b${step}`),
    "d0",
    ...steps.map((step) => `w${step}`),
  ];
  return markup`<p class="legend"><span>difference of the hours’ means</span><span>for the better <span class="ramp" aria-hidden="true">${
    ramp.map((name) => markup`<i class="${name}"></i>`)
  }</span> for the worse</span><span>full colour from ${
    isPoints ? `${FULL_POINTS} points` : "the end of each map’s scale"
  }</span><span><span class="key key-blank"></span>not in both</span></p>
`;
}
