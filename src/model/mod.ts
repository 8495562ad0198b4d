/** The words everyone uses. Pure: no I/O, no clock. */
export * from "./check_reading.ts";
export * from "./datasets.ts";
export * from "./derived_metrics.ts";
export * from "./display_unit.ts";
export * from "./duration_text.ts";
export * from "./errors.ts";
export * from "./grid.ts";
export * from "./local_time.ts";
export * from "./metric.ts";
export * from "./metrics.ts";
export * from "./nearest_word.ts";
export * from "./number_text.ts";
export * from "./reading.ts";
export * from "./reportable_metrics.ts";
export * from "./row.ts";
export * from "./series_metrics.ts";
export * from "./table_formats.ts";
