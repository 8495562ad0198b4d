/** The characters that screens are drawn with, apart from words. */
export interface Glyphs {
  /** From the lowest value to the highest. Blank is not among them: it means "not recorded". */
  readonly ramp: readonly string[];
  /** Stands for a value that does not exist. */
  readonly missing: string;
  readonly separator: string;
  readonly horizontal: string;
  readonly vertical: string;
  /** Where a vertical line leaves a horizontal one downwards, and where it ends on one. */
  readonly teeDown: string;
  readonly teeUp: string;
  readonly corner: string;
  readonly tick: string;
  /** asciichart's symbols, in its order. */
  readonly chart: readonly string[];
  /** Behind a line: from the smallest to the largest value. */
  readonly band: string;
  /** A bar's end, from an eighth of a cell to a whole one. */
  readonly bar: readonly string[];
  /** A cell of a curve that is drawn with dots, two across and four down: left column from above, then right. */
  dots(lit: readonly boolean[]): string;
  readonly box: Box;
}

/** Bits of U+2800 for the dots of a cell in the order of `Glyphs.dots`. */
const BRAILLE_BITS = [0x01, 0x02, 0x04, 0x40, 0x08, 0x10, 0x20, 0x80];

function braille(lit: readonly boolean[]): string {
  const bits = BRAILLE_BITS.reduce((sum, bit, i) => (lit[i] ? sum + bit : sum), 0);
  return bits === 0 ? " " : String.fromCodePoint(0x2800 + bits);
}

/** Where the lines of a table meet. */
export interface Box {
  readonly topLeft: string;
  readonly topMid: string;
  readonly topRight: string;
  readonly leftMid: string;
  readonly midMid: string;
  readonly rightMid: string;
  readonly bottomLeft: string;
  readonly bottomMid: string;
  readonly bottomRight: string;
}

/** From the nine crossings in reading order. */
function boxOf(crossings: string): Box {
  const [topLeft = "", topMid = "", topRight = "", leftMid = "", midMid = "", ...others] =
    crossings;
  const [rightMid = "", bottomLeft = "", bottomMid = "", bottomRight = ""] = others;
  return {
    topLeft,
    topMid,
    topRight,
    leftMid,
    midMid,
    rightMid,
    bottomLeft,
    bottomMid,
    bottomRight,
  };
}

export const UNICODE_GLYPHS: Glyphs = {
  ramp: [..."▁▂▃▄▅▆▇█"],
  missing: "–",
  separator: "·",
  horizontal: "─",
  vertical: "│",
  teeDown: "┬",
  teeUp: "┴",
  corner: "└",
  tick: "┬",
  chart: ["┤", "┤", "╶", "╴", "─", "╰", "╭", "╮", "╯", "│"],
  band: "░",
  bar: [..."▏▎▍▌▋▊▉█"],
  dots: braille,
  box: boxOf("┌┬┐├┼┤└┴┘"),
};

export const ASCII_GLYPHS: Glyphs = {
  ramp: [...".:-=+*#%@"],
  missing: "-",
  separator: "|",
  horizontal: "-",
  vertical: "|",
  teeDown: "+",
  teeUp: "+",
  corner: "+",
  tick: "+",
  chart: ["|", "|", "-", "-", "-", "'", ".", ".", "'", "|"],
  band: ":",
  bar: ["#"],
  dots: (lit) => (lit.some(Boolean) ? "*" : " "),
  box: boxOf("+++++++++"),
};
