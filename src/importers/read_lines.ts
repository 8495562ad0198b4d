/** Files as lines: plain or gzip, of any length. */
import type { FileReader } from "./import_format.ts";

/** Enough for two objects of a talkative program. */
const HEAD_BYTES = 64 * 1024;
/** Longer than any line that a format has; an unbroken stream of bytes has to end somewhere. */
const LONGEST_LINE = 256 * 1024 * 1024;

export interface FeedOptions {
  /** Gets the beginning of the text and says who reads it; null to leave the file alone. */
  readonly choose: (head: string) => FileReader | null;
  /** Called with the number of bytes of the file that were read since the last call. */
  readonly onBytes: (count: number) => void;
}

/**
 * Feeds a file's lines to the reader that is chosen for it.
 * @throws {Deno.errors.NotFound} and the like; {SyntaxError} for a line without an end
 */
export async function feedFile(path: string, { choose, onBytes }: FeedOptions): Promise<void> {
  const lines = new Lines(choose);
  for await (const text of await openText(path, onBytes)) {
    if (!lines.add(text)) return;
  }
  lines.end();
}

async function openText(
  path: string,
  onBytes: FeedOptions["onBytes"],
): Promise<ReadableStream<string>> {
  const file = await Deno.open(path);
  const magic = new Uint8Array(2);
  await file.read(magic);
  await file.seek(0, Deno.SeekMode.Start);
  const counted = file.readable.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        onBytes(chunk.length);
        controller.enqueue(chunk);
      },
    }),
  );
  const isGzip = magic[0] === 0x1f && magic[1] === 0x8b;
  const plain = isGzip ? counted.pipeThrough(new DecompressionStream("gzip")) : counted;
  return plain.pipeThrough(new TextDecoderStream());
}

/** Text in pieces → lines; the first pieces are kept until it is known who reads them. */
class Lines {
  #head: string | null = "";
  #reader: FileReader | null = null;
  #rest = "";
  #number = 0;

  constructor(readonly choose: FeedOptions["choose"]) {}

  /** False when nobody reads the file. */
  add(text: string): boolean {
    if (this.#head === null) return this.#feed(text);
    this.#head += text;
    return this.#head.length < HEAD_BYTES || this.#begin();
  }

  end(): void {
    if (this.#head !== null && !this.#begin()) return;
    if (this.#rest !== "") this.#line(this.#rest);
    this.#reader?.end();
  }

  #begin(): boolean {
    const head = this.#head ?? "";
    this.#head = null;
    this.#reader = this.choose(head);
    return this.#reader !== null && this.#feed(head);
  }

  #feed(text: string): boolean {
    const lines = text.split("\n");
    const last = lines.pop() ?? "";
    lines.forEach((line, i) => this.#line(i === 0 ? this.#rest + line : line));
    this.#rest = lines.length === 0 ? this.#rest + last : last;
    if (this.#rest.length > LONGEST_LINE) {
      throw new SyntaxError(`line ${this.#number + 1} has no end`);
    }
    return true;
  }

  #line(text: string): void {
    this.#number++;
    this.#reader?.line(text.endsWith("\r") ? text.slice(0, -1) : text, this.#number);
  }
}
