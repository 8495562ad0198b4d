/**
 * Report → text. Pure functions of the report and the options: no clock, no I/O, no global state. What most commands need
 * has doors of its own, because loading all of this takes as long as asking the questions: data.ts, screen.ts, tables.ts.
 */
export { type ColorDepth } from "./terminal/theme.ts";
export { chartColumns } from "./terminal/line_chart.ts";
export { valueAxisTop } from "./axis_top.ts";
export { asciiText } from "./ascii_text.ts";
export { rangeText } from "./range_text.ts";
export { renderHtml } from "./html/render_html.ts";
export { renderMarkdown } from "./render_markdown.ts";
export { CHART_KINDS, type ChartKind } from "./render_terminal.ts";
export { renderScreenSvg, type ScreenOptions } from "./svg/render_screen_svg.ts";
export { renderSvg } from "./svg/render_svg.ts";
export { renderCompareCsv } from "./compare/render_compare_csv.ts";
export { renderCompareHtml } from "./html/render_compare_html.ts";
export { renderCompareJson, renderCompareJsonLines } from "./compare/render_compare_json.ts";
export { renderCompareMarkdown } from "./compare/render_compare_markdown.ts";
export {
  type CompareScreen,
  type CompareWords,
  renderCompareTerminal,
} from "./compare/render_compare_terminal.ts";
