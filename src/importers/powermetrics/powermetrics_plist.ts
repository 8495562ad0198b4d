/** A stream of `powermetrics -f plist`: documents with a NUL in front of each but the first. */
import { messageOf } from "../../model/mod.ts";
import type { FileReader, ImportFormat, ReaderContext } from "../import_format.ts";
import { Fields } from "../fields.ts";
import { parseTimestamp } from "../timestamp.ts";
import { parsePlist } from "./plist.ts";
import { readPlistSample } from "./read_plist_sample.ts";
import { SampleClock } from "./sample_clock.ts";

/** A document with 1,000 tasks has 2.6 MB. */
const LARGEST_DOCUMENT = 64 * 1024 * 1024;
export const SINCE_BOOT = "the first sample is of the whole time since the machine started";
const BEGINNING = /<\?xml|<!DOCTYPE plist|<plist/;

export const powermetricsPlist: ImportFormat = {
  name: "powermetrics",
  title: "powermetrics -f plist",
  recognises: (head) => /<plist\b/.test(head) && head.includes("<key>elapsed_ns</key>"),
  createReader: (context) => new PlistStream(context),
};

class PlistStream implements FileReader {
  readonly #context: ReaderContext;
  readonly #clock: SampleClock;
  #lines: string[] = [];
  #size = 0;
  #start = 0;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#clock = new SampleClock(context.clock);
  }

  line(text: string, number: number): void {
    const pieces = text.split("\0");
    pieces.forEach((piece, i) => {
      // A NUL is between documents: one that has no end by then is broken.
      if (i > 0) this.#breakOff();
      this.#piece(piece, number);
    });
  }

  end(): void {
    this.#breakOff();
  }

  #piece(text: string, number: number): void {
    if (this.#lines.length === 0) {
      const start = text.search(BEGINNING);
      // Text in front of a document: a heading, or what is left of a broken one.
      if (start < 0) return;
      this.#start = number;
    } else if (text.trimStart().startsWith("<?xml")) {
      this.#breakOff();
      this.#start = number;
    }
    this.#lines.push(text);
    this.#size += text.length;
    if (text.includes("</plist>")) this.#document();
    else if (this.#size > LARGEST_DOCUMENT) this.#breakOff();
  }

  #breakOff(): void {
    if (this.#lines.length === 0) return;
    this.#clear();
    this.#context.sink.problem(this.#start, "this property list has no end");
  }

  #clear(): string {
    const xml = this.#lines.join("\n");
    this.#lines = [];
    this.#size = 0;
    return xml;
  }

  #document(): void {
    const { sink } = this.#context;
    try {
      const document = parsePlist(this.#clear());
      const root = new Fields(document);
      const elapsedMs = (root.number("elapsed_ns") ?? Number.NaN) / 1e6;
      const time = parseTimestamp(root.text("timestamp") ?? "");
      if (time === null || !("ms" in time) || Number.isNaN(elapsedMs)) {
        throw new SyntaxError("no timestamp or elapsed_ns");
      }
      if (root.flag("is_delta") === false) return sink.leftOut(SINCE_BOOT);
      const moment = this.#clock.next(time.ms, elapsedMs, null);
      const reading = readPlistSample(document);
      sink.sample(this.#start, { ...moment, reading, measuredS: elapsedMs / 1000 });
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      sink.problem(this.#start, messageOf(error));
    }
  }
}
