/** Rows → disk, now: append-only segments of NDJSON, and the data folder they are in. */
export * from "./data_folder.ts";
export * from "./host_identity.ts";
export * from "./journal.ts";
export * from "./segment.ts";
