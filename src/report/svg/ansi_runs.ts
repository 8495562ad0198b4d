/** Text with ANSI colours, taken apart into runs of one style: what a terminal would show. */
import { stringWidth } from "../string_width.ts";
import { plainText } from "../../model/mod.ts";

/** `#rrggbb`, or null for the screen's own. */
type Color = string | null;

export interface Style {
  readonly color: Color;
  readonly background: Color;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly inverse: boolean;
}

export interface Run extends Style {
  readonly text: string;
  /** The column it begins in, and how many it takes. */
  readonly column: number;
  readonly columns: number;
}

const PLAIN: Style = {
  color: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  inverse: false,
};

/** xterm's first sixteen, a little softer than its own. */
const SIXTEEN = [
  "#1c2128",
  "#f47067",
  "#57c278",
  "#d9a520",
  "#6cb0f5",
  "#c68ae8",
  "#4ec3d9",
  "#c9d1d9",
  "#7d8792",
  "#ff938a",
  "#7ee29a",
  "#f0c455",
  "#96caff",
  "#dcaeff",
  "#7fe0f0",
  "#ffffff",
];

// deno-lint-ignore no-control-regex
const SGR_REGEXP = /\u001b\[([0-9;]*)m/;

/** The runs of each line, from left to right. Escape sequences other than colours are dropped. */
export function ansiRuns(text: string): Run[][] {
  let style = PLAIN;
  return text.replace(/\n$/, "").split("\n").map((line) => {
    const runs: Run[] = [];
    let column = 0;
    line.split(SGR_REGEXP).forEach((piece, i) => {
      if (i % 2 > 0) {
        style = restyled(style, piece.split(";").map(Number));
        return;
      }
      const shown = plainText(piece);
      const columns = stringWidth(shown);
      if (shown !== "") runs.push({ ...style, text: shown, column, columns });
      column += columns;
    });
    return runs;
  });
}

function restyled(style: Style, codes: readonly number[]): Style {
  const [code = 0, kind] = codes;
  if (codes.length === 0) return style;
  if ((code === 38 || code === 48) && kind !== undefined) {
    const length = kind === 2 ? 5 : 3;
    const color = kind === 2 ? rgb(codes.slice(2, 5)) : color256(codes[2] ?? 0);
    const next = code === 38 ? { ...style, color } : { ...style, background: color };
    return restyled(next, codes.slice(length));
  }
  return restyled({ ...style, ...changeBy(code) }, codes.slice(1));
}

const SWITCHES: Readonly<Record<number, Partial<Style>>> = {
  0: PLAIN,
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  7: { inverse: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  27: { inverse: false },
  39: { color: null },
  49: { background: null },
};

function changeBy(code: number): Partial<Style> {
  if (code >= 30 && code <= 37) return { color: color256(code - 30) };
  if (code >= 90 && code <= 97) return { color: color256(code - 82) };
  if (code >= 40 && code <= 47) return { background: color256(code - 40) };
  if (code >= 100 && code <= 107) return { background: color256(code - 92) };
  return SWITCHES[code] ?? {};
}

/** Sixteen named colours, a cube of 6 × 6 × 6, and 24 greys. */
function color256(index: number): string {
  const named = SIXTEEN[index];
  if (named !== undefined) return named;
  if (index >= 232) return rgb(Array(3).fill(8 + 10 * (index - 232)));
  const channel = (value: number) => (value === 0 ? 0 : 55 + 40 * value);
  const cube = index - 16;
  return rgb([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(channel));
}

function rgb(channels: readonly number[]): string {
  const hex = (channel: number) => Math.min(255, channel || 0).toString(16).padStart(2, "0");
  return `#${channels.map(hex).join("")}`;
}
