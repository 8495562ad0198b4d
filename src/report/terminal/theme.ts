import { Chalk, type ChalkInstance } from "chalk";
import { plainText } from "../../model/mod.ts";
import { asciiText } from "../ascii_text.ts";
import { ASCII_GLYPHS, type Glyphs, UNICODE_GLYPHS } from "./glyphs.ts";

/** How many colours the terminal shows. */
export type ColorDepth = "none" | "16" | "256" | "truecolor";

const CHALK_LEVEL = { none: 0, "16": 1, "256": 2, truecolor: 3 } as const;

/** How things look, decided once: colours, glyphs, and which characters text may contain. */
export interface Theme {
  readonly depth: ColorDepth;
  readonly chalk: ChalkInstance;
  readonly glyphs: Glyphs;
  /** Whether cells of a heatmap are painted as backgrounds; else they are glyphs. */
  readonly paintsCells: boolean;
  /** Every text that is not made of the theme's own glyphs passes through here. */
  text(text: string): string;
}

export function makeTheme({ color, ascii }: { color: ColorDepth; ascii: boolean }): Theme {
  return {
    depth: color,
    chalk: new Chalk({ level: CHALK_LEVEL[color] }),
    glyphs: ascii ? ASCII_GLYPHS : UNICODE_GLYPHS,
    // Sixteen colours have no steps between green, yellow and red: there the glyph carries the value, the colour the alarm.
    paintsCells: !ascii && (color === "256" || color === "truecolor"),
    text: ascii ? (text) => asciiText(plainText(text)) : plainText,
  };
}
