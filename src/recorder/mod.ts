/** Readings → rows, on time. */
export * from "./recorder.ts";
export type { Moment } from "./time_truth.ts";
