/** The week by hour as the difference of two periods: where a metric went up and where down. */
import type { Metric } from "../../model/mod.ts";
import { displayUnit, WEEKDAY_NAMES } from "../../model/mod.ts";
import type { ComparedMetric } from "../../analysis/mod.ts";
import { isShare } from "../metric_kind.ts";
import { above, beside, type Lines } from "../terminal/block.ts";
import { heatmapWidth } from "../terminal/heatmap.ts";
import { baseColor } from "../terminal/load_color.ts";
import type { Theme } from "../terminal/theme.ts";
import { joinWrapped } from "../terminal/wrap_text.ts";
import { FULL_POINTS, fullDifference, isWorse, weekdaysOfCells } from "./difference_scale.ts";

const HOURS = 24;
const LABEL_WIDTH = 5;
const GAP = "  ";
/** Shares of the scale from which a difference is drawn, and drawn as large. */
const SMALL_FROM = 0.1;
const LARGE_FROM = 0.5;

type Rgb = readonly [red: number, green: number, blue: number];
/** Orange and blue are told apart by everybody; which of them is up depends on which way is worse. */
const WORSE: Rgb = [224, 120, 40];
const BETTER: Rgb = [60, 120, 220];
const EQUAL: Rgb = [58, 60, 66];

interface Marks {
  readonly lower: readonly [small: string, large: string];
  readonly equal: string;
  readonly higher: readonly [small: string, large: string];
}

const UNICODE_MARKS: Marks = { lower: ["▽", "▼"], equal: "·", higher: ["△", "▲"] };
const ASCII_MARKS: Marks = { lower: ["-", "="], equal: ".", higher: ["+", "#"] };

/** Heatmaps of the metrics, as many beside one another as fit, and what the marks mean. Empty without cells. */
export function differenceHeatmaps(
  metrics: readonly ComparedMetric[],
  theme: Theme,
  { width, isAscii }: { readonly width: number; readonly isAscii: boolean },
): Lines {
  const drawn = metrics.filter(({ cells }) => cells.length > 0);
  if (drawn.length === 0) return [];
  const marks = isAscii ? ASCII_MARKS : UNICODE_MARKS;
  const fitting = Math.max(1, Math.floor((width + GAP.length) / (heatmapWidth(1) + GAP.length)));
  // As many in each row: four are two and two, not three and one.
  const across = Math.ceil(drawn.length / Math.ceil(drawn.length / fitting));
  const maps = drawn.map((compared) => mapLines(compared, theme, marks));
  const rows: Lines[] = [];
  for (let i = 0; i < maps.length; i += across) {
    rows.push(beside(maps.slice(i, i + across), { gap: GAP, width: heatmapWidth(1) }));
  }
  return above(...rows, legend(drawn, theme, { width, marks }));
}

function mapLines(compared: ComparedMetric, theme: Theme, marks: Marks): string[] {
  const { metric, cells } = compared;
  const full = fullDifference(compared);
  const byCell = new Map(cells.map((cell) => [cell.weekday * HOURS + cell.hour, cell]));
  const rows = weekdaysOfCells(compared).map((weekday) => {
    const hours = Array.from({ length: HOURS }, (_, hour) => {
      const cell = byCell.get(weekday * HOURS + hour);
      return cell ? mark((cell.b - cell.a) / full, { metric, theme, marks }) : " ";
    });
    return `${(WEEKDAY_NAMES[weekday - 1] ?? "all").padEnd(LABEL_WIDTH)}${hours.join("")}`;
  });
  return [titleLine(compared, theme, full), hoursLine(theme), ...rows];
}

function titleLine({ metric }: ComparedMetric, theme: Theme, full: number): string {
  const title = baseColor(theme, metric).bold(theme.text(metric.title));
  if (isShare(metric)) return title;
  const { factor, decimals, label } = displayUnit(metric.unit, full);
  return `${title}  ${
    theme.chalk.dim(theme.text(`±${(full / factor).toFixed(decimals)} ${label}`.trimEnd()))
  }`;
}

function hoursLine({ chalk }: Theme): string {
  const heads = [0, 6, 12, 18].map((hour) => String(hour).padEnd(6)).join("");
  return chalk.dim(" ".repeat(LABEL_WIDTH) + heads.trimEnd());
}

function mark(
  share: number,
  { metric, theme, marks }: { metric: Metric; theme: Theme; marks: Marks },
): string {
  const size = Math.min(1, Math.abs(share));
  const color = isWorse(metric, share) ? WORSE : BETTER;
  if (theme.paintsCells) return theme.chalk.bgRgb(...between(EQUAL, color, size))(" ");
  if (size < SMALL_FROM) return theme.chalk.dim(marks.equal);
  const [small, large] = share > 0 ? marks.higher : marks.lower;
  return theme.chalk.rgb(...color)(size < LARGE_FROM ? small : large);
}

function between(from: Rgb, to: Rgb, share: number): Rgb {
  const mix = (i: 0 | 1 | 2) => Math.round(from[i] + (to[i] - from[i]) * share);
  return [mix(0), mix(1), mix(2)];
}

function legend(
  drawn: readonly ComparedMetric[],
  theme: Theme,
  { width, marks }: { readonly width: number; readonly marks: Marks },
): string[] {
  const [example] = drawn;
  if (!example) return [];
  const sample = (share: number) => mark(share, { metric: example.metric, theme, marks });
  const isPoints = drawn.every(({ metric }) => isShare(metric));
  const size = (share: number) =>
    isPoints
      ? `${share * FULL_POINTS} points`
      : share === 1
      ? "all of its scale"
      : `${100 * share} % of its scale`;
  const pieces = theme.paintsCells
    ? [
      `difference of the hours' means   lower ${
        [-1, -0.6, -0.3, 0, 0.3, 0.6, 1].map(sample).join("")
      } higher, to ${size(1)}`,
    ]
    : [
      `difference of the hours' means   ${sample(-1)} ${sample(1)} at least ${size(LARGE_FROM)}`,
      `${sample(-0.2)} ${sample(0.2)} at least ${size(SMALL_FROM)}`,
      `${sample(0)} less`,
    ];
  return joinWrapped([...pieces, "blank = not in both"], { separator: "   ", width });
}
