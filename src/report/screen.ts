/** The door to a report on a screen, without pages, pictures and tables of queries. */
export { renderTerminal, type TerminalOptions } from "./render_terminal.ts";
