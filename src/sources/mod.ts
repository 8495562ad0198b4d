/** A machine as readings: every source there is. */
export { createMactopSource, type MactopSourceOptions } from "./mactop/mactop_source.ts";
export { createNativeSource, type NativeSourceOptions } from "./native/mod.ts";
export {
  createPrometheusSource,
  type PrometheusSourceOptions,
} from "./prometheus/prometheus_source.ts";
// Saved streams are read by the same rules as live ones.
export { parseHeadless } from "./mactop/parse_headless.ts";
export { parseHeadlessLine } from "./mactop/split_headless.ts";
export { ReadingDraft } from "./reading_draft.ts";
