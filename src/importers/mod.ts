/** Recordings of other programs → the store. */
export { type ColumnMap, parseColumnMap } from "./csv/column_map.ts";
export { FORMAT_NAMES } from "./formats.ts";
export * from "./import_files.ts";
export type { ImportProblem, StagedFile } from "./stage_files.ts";
