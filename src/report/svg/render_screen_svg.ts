import { stringWidth } from "../string_width.ts";
import { type Markup, markup } from "../html/markup.ts";
import { ansiRuns, type Run } from "./ansi_runs.ts";

/** A cell of the screen, in pixels. */
const CELL = { width: 8.4, height: 18 };
const FONT_SIZE = 14;
/** From a line's top to the feet of its letters. */
const BASELINE = 13.5;
const MARGIN = 18;
const TITLE_BAR = 36;
const INK = "#d6dde6";
const PAPER = "#0f141a";
const FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";

export interface ScreenOptions {
  /** The command that printed it: stands in the window's bar, and in the picture's name. */
  readonly command: string;
  /** Columns of the screen; wider lines are not cut. */
  readonly columns: number;
  /** What the picture shows, in words. */
  readonly description: string;
}

/** A terminal's screen as a picture: text with ANSI colours in, SVG out. Each run is fitted to its columns, whatever the font. */
export function renderScreenSvg(
  text: string,
  { command, columns, description }: ScreenOptions,
): string {
  const lines = ansiRuns(text);
  const widest = Math.max(columns, ...lines.flat().map((run) => run.column + run.columns));
  const width = Math.ceil(widest * CELL.width + 2 * MARGIN);
  const height = Math.ceil(TITLE_BAR + lines.length * CELL.height + MARGIN);
  const picture =
    markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONTS}" font-size="${FONT_SIZE}" fill="${INK}" role="img" aria-labelledby="title desc">
<title id="title">Screen of ${command}</title>
<desc id="desc">${description}</desc>
<rect width="${width}" height="${height}" rx="10" fill="${PAPER}"/>
${["#ff5f57", "#febc2e", "#28c840"].map(button)}<text x="${
      width / 2
    }" y="23" text-anchor="middle" fill-opacity="0.6">${command}</text>
<g transform="translate(${MARGIN} ${TITLE_BAR})" shape-rendering="crispEdges">
${
      lines.map((runs, row) =>
        markup`${backgrounds(runs, row)}${runs.map((run) => phrases(run, row))}`
      )
    }</g>
</svg>
`;
  return picture.toString();
}

function button(color: string, i: number): Markup {
  return markup`<circle cx="${MARGIN + 4 + i * 18}" cy="18" r="5.5" fill="${color}"/>
`;
}

/** Neighbours of one colour are one rectangle: no seams between them. */
function backgrounds(runs: readonly Run[], row: number): Markup[] {
  const painted: { fill: string; column: number; columns: number }[] = [];
  for (const { inverse, color, background, column, columns } of runs) {
    const fill = inverse ? color ?? INK : background;
    const last = painted.at(-1);
    if (fill === null) continue;
    if (last?.fill === fill && last.column + last.columns === column) last.columns += columns;
    else painted.push({ fill, column, columns });
  }
  return painted.map(({ fill, column, columns }) =>
    markup`<rect x="${pixels(column * CELL.width)}" y="${row * CELL.height}" width="${
      pixels(columns * CELL.width)
    }" height="${CELL.height}" fill="${fill}"/>
`
  );
}

/** Words that one blank separates; wider gaps are left to the columns, since not every viewer keeps blanks. */
const PHRASE_REGEXP = /\S+(?: \S+)*/g;

function phrases(run: Run, row: number): Markup[] {
  return Array.from(run.text.matchAll(PHRASE_REGEXP), ({ 0: phrase, index }) => {
    const column = run.column + stringWidth(run.text.slice(0, index));
    return markup`<text x="${pixels(column * CELL.width)}" y="${
      pixels(row * CELL.height + BASELINE)
    }" textLength="${pixels(stringWidth(phrase) * CELL.width)}" lengthAdjust="spacingAndGlyphs"${
      styleOf(run)
    }>${phrase}</text>
`;
  });
}

function styleOf({ color, background, bold, dim, italic, inverse }: Run): Markup {
  const ink = inverse ? background ?? PAPER : color;
  return markup`${ink !== null && markup` fill="${ink}"`}${bold && markup` font-weight="700"`}${
    dim && markup` fill-opacity="0.6"`
  }${italic && markup` font-style="italic"`}`;
}

function pixels(value: number): string {
  return String(Math.round(value * 100) / 100);
}
