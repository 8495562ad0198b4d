/** Colours for values: green → yellow → red by load, and shades of a metric's own colour where a value is no load. */
import type { ChalkInstance } from "chalk";
import type { Metric } from "../../model/mod.ts";
import { clamped, isLoad, loadOf } from "../metric_kind.ts";
import { type Hue, metricHue } from "../metric_hue.ts";
import type { Theme } from "./theme.ts";

type Rgb = readonly [red: number, green: number, blue: number];

/** Backgrounds get lighter with the load up to yellow, so that order is seen without telling green from red. */
const CELL_STOPS: readonly Rgb[] = [
  [22, 64, 44],
  [28, 96, 56],
  [44, 128, 62],
  [96, 158, 62],
  [164, 186, 62],
  [226, 196, 66],
  [236, 160, 58],
  [232, 118, 52],
  [220, 78, 48],
  [206, 44, 46],
];
const CELL_ANSI256 = [22, 28, 34, 70, 106, 148, 184, 214, 208, 202, 160] as const;

/** Text colours readable on black and on white. */
const TEXT_STOPS: readonly Rgb[] = [
  [46, 160, 87],
  [78, 166, 72],
  [150, 160, 50],
  [205, 150, 30],
  [222, 110, 40],
  [224, 60, 56],
];
const TEXT_ANSI256 = [35, 71, 106, 178, 172, 166, 160] as const;

/** Where text turns yellow and red when there are only these. */
const YELLOW_FROM = 0.6;
const RED_FROM = 0.85;

const BASE_COLORS: Readonly<Record<Hue, Rgb>> = {
  cpu: [64, 186, 220],
  gpu: [198, 120, 221],
  ram: [97, 144, 240],
  swap: [224, 130, 160],
  other0: [86, 182, 170],
  other1: [170, 140, 230],
  other2: [110, 165, 215],
  other3: [205, 140, 190],
};
const BASE_ANSI16: Readonly<Record<string, "cyan" | "magenta" | "blueBright" | "magentaBright">> = {
  cpu_pct: "cyan",
  gpu_pct: "magenta",
  ram_pct: "blueBright",
  swap_pressure_pct: "magentaBright",
};

/** The colour of a metric's name. */
export function baseColor({ chalk, depth }: Theme, metric: Metric): ChalkInstance {
  if (depth === "16") return chalk[BASE_ANSI16[metric.id] ?? "cyan"];
  return chalk.rgb(...BASE_COLORS[metricHue(metric)]);
}

/**
 * The colour of a number or glyph.
 * @param share 0 … 1: of the capacity for loads, of the largest value otherwise
 */
export function valueColor(theme: Theme, metric: Metric, share: number): ChalkInstance {
  if (isLoad(metric)) return loadColor(theme, loadOf(metric, share));
  return theme.depth === "16" ? theme.chalk : baseColor(theme, metric);
}

/** Green for a load of 0, over yellow, to red for 1. */
export function loadColor({ chalk, depth }: Theme, load: number): ChalkInstance {
  if (depth === "truecolor") return chalk.rgb(...between(TEXT_STOPS, load));
  if (depth === "256") return chalk.ansi256(nearest(TEXT_ANSI256, load));
  return load >= RED_FROM ? chalk.red : load >= YELLOW_FROM ? chalk.yellow : chalk.green;
}

/** The background of a heatmap cell; only for themes that paint cells. */
export function cellColor({ chalk, depth }: Theme, metric: Metric, share: number): ChalkInstance {
  if (!isLoad(metric)) {
    return chalk.bgRgb(...between([[38, 44, 56], BASE_COLORS[metricHue(metric)]], clamped(share)));
  }
  const load = loadOf(metric, share);
  if (depth === "256") return chalk.bgAnsi256(nearest(CELL_ANSI256, load));
  return chalk.bgRgb(...between(CELL_STOPS, load));
}

function between(stops: readonly Rgb[], share: number): Rgb {
  const position = share * (stops.length - 1);
  const lower = nearestOf(stops, Math.floor(position));
  const upper = nearestOf(stops, Math.ceil(position));
  const part = position - Math.floor(position);
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(lower[channel] + (upper[channel] - lower[channel]) * part);
  return [mix(0), mix(1), mix(2)];
}

function nearest(colors: readonly number[], share: number): number {
  return nearestOf(colors, Math.round(share * (colors.length - 1)));
}

function nearestOf<T>(items: readonly T[], index: number): T {
  const item = items[Math.min(items.length - 1, Math.max(0, index))];
  if (item === undefined) throw new RangeError("no colours to choose from");
  return item;
}
