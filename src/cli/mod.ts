/** The commands, and the one object that touches the standard streams. */
export { type ColorLevel, type Io, OutputClosed, systemIo } from "./io.ts";
export { createProgram } from "./program.ts";
