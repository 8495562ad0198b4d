/**
 * mtr as a library: read what was recorded, ask it questions, show the answers.
 *
 * ```ts ignore
 * import { analyze, DataFolder, localDisk, renderMarkdown, narrate, reportableMetric } from "./mod.ts";
 * const folder = new DataFolder("/home/me/.local/share/mtr", localDisk);
 * ```
 *
 * @module
 */
export * from "./src/model/mod.ts";
export { localDisk } from "./src/platform/mod.ts";
export { DataFolder, withStore } from "./src/store/mod.ts";
export {
  analyze,
  type AnalyzeOptions,
  compare,
  type CompareOptions,
  parsePeriod,
  resolveRange,
} from "./src/analysis/mod.ts";
export type * from "./src/analysis/mod.ts";
export { narrate, narrateComparison } from "./src/narration/mod.ts";
export { renderCsv, renderJson } from "./src/report/data.ts";
export {
  renderCompareCsv,
  renderCompareJson,
  renderCompareMarkdown,
  renderCompareTerminal,
  renderHtml,
  renderMarkdown,
  renderSvg,
} from "./src/report/mod.ts";
export { renderTerminal } from "./src/report/screen.ts";
