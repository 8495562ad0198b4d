/** What the user set, and where. */
export * from "./data_dir.ts";
export * from "./duration.ts";
