/** Sections of words. */
import { clockText, dateText, localTime } from "../../model/mod.ts";
import { withWholeQuantities } from "../terminal/wrap_text.ts";
import { type Markup, markup } from "./markup.ts";

/** Sentences as a list; nothing where there are none. */
export function sentenceSection(sentences: readonly string[]): Markup | null {
  if (sentences.length === 0) return null;
  return markup`<section aria-labelledby="short">
<h2 id="short">In short</h2>
<ul class="sentences">
${
    sentences.map((sentence) =>
      markup`<li>${withWholeQuantities(sentence)}</li>
`
    )
  }</ul>
</section>
`;
}

/** The foot of a page: what has to be known to trust it. */
export function howMade(
  { notes, lines, demo, madeMs, timeZone }: {
    /** What went wrong, and is said first. */
    readonly notes: readonly string[];
    readonly lines: readonly string[];
    readonly demo: boolean;
    readonly madeMs: number;
    readonly timeZone: string;
  },
): Markup {
  const made = localTime(madeMs, timeZone);
  const all = [
    ...(demo ? ["Demo data: invented by `mtr demo`, not recorded on any machine."] : []),
    ...lines,
    `Made by mtr on ${dateText(made, { year: true })} at ${clockText(made)} (${timeZone}).`,
  ];
  const noteLines = notes.map((note) =>
    markup`<li class="note">${note}</li>
`
  );
  return markup`<footer>
<h2>How the figures were made</h2>
<ul>
${noteLines}${
    all.map((line) =>
      markup`<li>${line}</li>
`
    )
  }</ul>
</footer>
`;
}
