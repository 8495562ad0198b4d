import { Help } from "commander";
import type { HelpSection, HelpTopic } from "./help_topic.ts";

/** Wider terms get a line of their own. */
const WIDEST_TERM = 30;

/** A topic for a screen of so many columns, laid out as commander lays out help. */
export function topicText({ name, summary, sections }: HelpTopic, columns: number): string {
  const help = new Help();
  help.prepareContext({ helpWidth: columns });
  const parts = [
    `mtr help ${name}: ${summary}`,
    ...sections.map((section) => sectionText(section, help, columns)),
  ];
  return parts.join("\n\n") + "\n";
}

function sectionText(
  { heading, text, rows = [] }: HelpSection,
  help: Help,
  columns: number,
): string {
  const width = Math.min(WIDEST_TERM, Math.max(0, ...rows.map(([term]) => term.length)));
  const lines = rows.map(([term, meaning]) =>
    term.length <= width
      ? help.formatItem(term, width, meaning, help)
      : `  ${term}\n${help.formatItem("", width, meaning, help)}`
  );
  return [
    ...(heading === undefined ? [] : [`${heading}:`]),
    ...(text === undefined ? [] : [help.boxWrap(text, columns)]),
    ...lines,
  ].join("\n");
}
