/** The door to tables of queries, without anything of reports. */
export { renderTable } from "./table/render_table.ts";
export type { TableColumn, TableData, TableOptions } from "./table/table_data.ts";
