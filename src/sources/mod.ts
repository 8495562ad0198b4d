/** A machine as readings: every source there is. */
export { createNativeSource, type NativeSourceOptions } from "./native/mod.ts";
