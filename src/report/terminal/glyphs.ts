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
  readonly box: Box;
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
  box: boxOf("+++++++++"),
};
