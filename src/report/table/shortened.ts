import { stringWidth } from "../string_width.ts";
import { graphemesOf } from "../graphemes_of.ts";

/** A text in at most `width` columns; what was cut is marked by the ellipsis. */
export function shortened(text: string, width: number, ellipsis: string): string {
  if (stringWidth(text) <= width) return text;
  const room = width - stringWidth(ellipsis);
  let kept = "";
  let columns = 0;
  for (const segment of graphemesOf(text)) {
    columns += stringWidth(segment);
    if (columns > room) break;
    kept += segment;
  }
  return kept + ellipsis;
}
