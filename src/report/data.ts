/** The door to reports as data, for programs, without anything that draws for people. */
export { renderCsv } from "./render_csv.ts";
export { renderJson } from "./render_json.ts";
export { renderJsonLines } from "./render_json_lines.ts";
