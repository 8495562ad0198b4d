/** The machine itself as a source: `/proc` and `/sys` on Linux, the runtime on macOS. */
export { createNativeSource, type NativeSourceOptions } from "./native_source.ts";
