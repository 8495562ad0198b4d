import { parseHeadlessLine } from "../../sources/mod.ts";

export interface JsonListener {
  object(object: Readonly<Record<string, unknown>>, line: number): void;
  problem(line: number, reason: string): void;
}

/** The first line of an indented object, and its last. */
const OPENING = /^(\s*)[[,]?\s*\{\s*$/;
const CLOSING = /^(\s*)\}[\s,\]]*$/;

/**
 * Finds the objects of NDJSON and of arrays of objects, indented or not, closed or not, line by line: a broken object
 * costs itself only. Of indented text, an object ends where a brace stands as far in as the one that began it.
 */
export class JsonObjects {
  readonly #listener: JsonListener;
  #open: { readonly indent: number; readonly line: number; readonly text: string[] } | null = null;

  constructor(listener: JsonListener) {
    this.#listener = listener;
  }

  line(text: string, number: number): void {
    const opening = OPENING.exec(text);
    if (this.#open && opening?.[1]?.length === this.#open.indent) {
      this.#listener.problem(this.#open.line, "this object has no end");
      this.#open = null;
    }
    if (this.#open) this.#continue(text);
    else if (opening) {
      this.#open = { indent: opening[1]?.length ?? 0, line: number, text: [text] };
    } else this.#whole(text, number);
  }

  end(): void {
    if (this.#open) this.#listener.problem(this.#open.line, "the file ends inside this object");
    this.#open = null;
  }

  #continue(text: string): void {
    const open = this.#open;
    if (!open) return;
    open.text.push(text);
    if (CLOSING.exec(text)?.[1]?.length !== open.indent) return;
    this.#open = null;
    const json = open.text.join("\n").trim().replace(/^[[,]\s*/, "").replace(/[\s,\]]*$/, "");
    this.#accept(tryJson(json), open.line, json);
  }

  #whole(text: string, number: number): void {
    if (text.trim() === "") return;
    const value = tryJson(text) ?? parseHeadlessLine(text.replace(/,\s*$/, ""));
    if (value !== null) this.#accept(value, number, text);
  }

  #accept(value: unknown, line: number, text: string): void {
    if (Array.isArray(value)) { for (const each of value) this.#accept(each, line, text); }
    else if (typeof value === "object" && value !== null) {
      this.#listener.object(value as Record<string, unknown>, line);
    } else this.#listener.problem(line, `not a JSON object: ${shortened(text)}`);
  }
}

const SHOWN = 40;

function shortened(text: string): string {
  const oneLine = text.trim().replaceAll(/\s+/g, " ");
  return oneLine.length > SHOWN ? `${oneLine.slice(0, SHOWN)}…` : oneLine;
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
