/** A machine as readings: every source there is. */
export { createMactopSource, type MactopSourceOptions } from "./mactop/mactop_source.ts";
export { createNativeSource, type NativeSourceOptions } from "./native/mod.ts";
export {
  createPrometheusSource,
  type PrometheusSourceOptions,
} from "./prometheus/prometheus_source.ts";
