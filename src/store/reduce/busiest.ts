import { fillSql } from "../fill_sql.ts";
import template from "./sql/busiest.sql" with { type: "text" };

/** SQL of the busiest 15 minutes of each metric, from a table of minutes; see busiest.sql. */
export function busiestSql(minutes: string): string {
  return fillSql(template, { minutes });
}
