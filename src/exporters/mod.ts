/** Recorded rows → files for other programs. */
export * from "./export_rows.ts";
