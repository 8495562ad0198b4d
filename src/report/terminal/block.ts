/** Blocks of styled lines, put beside and above one another. Widths are those of the terminal, colours not counted. */
import { stringWidth } from "../string_width.ts";

export type Lines = readonly string[];

export function padEnd(line: string, width: number): string {
  return line + " ".repeat(Math.max(0, width - stringWidth(line)));
}

export function padStart(line: string, width: number): string {
  return " ".repeat(Math.max(0, width - stringWidth(line))) + line;
}

/** Width of the widest line. */
export function widthOf(lines: Lines): number {
  return lines.reduce((widest, line) => Math.max(widest, stringWidth(line)), 0);
}

export function indented(lines: Lines, by: number): string[] {
  return lines.map((line) => (line === "" ? "" : " ".repeat(by) + line));
}

/** Blocks from left to right, top aligned, each as wide as its widest line or as told. */
export function beside(
  blocks: readonly Lines[],
  { gap, width }: { gap: string; width?: number },
): string[] {
  const height = Math.max(0, ...blocks.map((lines) => lines.length));
  const widths = blocks.map((lines) => width ?? widthOf(lines));
  return Array.from({ length: height }, (_, row) => {
    const cells = blocks.map((lines, i) => padEnd(lines[row] ?? "", widths[i] ?? 0));
    return cells.join(gap).trimEnd();
  });
}

/** Blocks from top to bottom with a blank line between; empty ones take no room. */
export function above(...blocks: readonly Lines[]): string[] {
  return blocks.filter((lines) => lines.length > 0)
    .flatMap((lines, i) => (i === 0 ? lines : ["", ...lines]));
}
