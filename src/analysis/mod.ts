/** Questions and their answers. One `.sql` file a question under sql/, a thin .ts beside it. */
export * from "./report.ts";
export * from "./analyze.ts";
export { chooseHost, type ChosenHost } from "./choose_host.ts";
export * from "./range/resolve_range.ts";
export { compare, type CompareOptions } from "./compare/compare.ts";
export * from "./compare/compare_report.ts";
export * from "./compare/fail_condition.ts";
export { parsePeriod, periodBefore, refuseOverlap } from "./range/period_expression.ts";
