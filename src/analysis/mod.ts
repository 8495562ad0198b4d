/** Questions and their answers. One `.sql` file a question under sql/, a thin .ts beside it. */
export * from "./report.ts";
