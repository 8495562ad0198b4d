/**
 * One kept HTTP/1.1 connection for one GET, again and again.
 *
 * Written by hand because a recorder asks once a second for ever: measured here, a scrape costs 0.2 ms of CPU this way
 * and 0.7 to 1.0 ms by `fetch`, which moreover obeys HTTP_PROXY even for localhost.
 */
import { HttpFailure, MAX_BODY_BYTES, tooLarge } from "./http_failure.ts";
import { onAbort } from "./on_abort.ts";
import { type BodyParts, findBody, parseHead, type ResponseHead } from "./http_response.ts";

/** The server closed the connection, or there is none yet, before the first byte of an answer. */
export class NoAnswerYet extends Error {}

const decoder = new TextDecoder();
const FIRST_BUFFER_BYTES = 32 * 1024;
const MAX_IDLE_BUFFER_BYTES = 1024 * 1024;

export class HttpConnection {
  readonly #url: URL;
  readonly #request: Uint8Array;
  #connecting: Promise<void> | undefined;
  #connection: Deno.Conn | undefined;
  #isWanted = true;
  #buffer = new Uint8Array(FIRST_BUFFER_BYTES);

  constructor(url: URL, headers: Readonly<Record<string, string>>) {
    this.#url = url;
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#request = new TextEncoder().encode(
      `GET ${url.pathname}${url.search} HTTP/1.1\r\nHost: ${url.host}\r\n${lines.join("")}\r\n`,
    );
  }

  get isOpen(): boolean {
    return this.#connection !== undefined;
  }

  /** Opens the connection. An attempt outlives the call that began it: the next call waits for the same one. */
  async open(signal: AbortSignal): Promise<void> {
    this.#isWanted = true;
    this.#connecting ??= this.#connect().finally(() => this.#connecting = undefined);
    const aborted = Promise.withResolvers<never>();
    const stopListening = onAbort(signal, () => aborted.reject(signal.reason));
    try {
      await Promise.race([this.#connecting, aborted.promise]);
    } finally {
      stopListening();
      this.#connecting?.catch(() => {});
    }
  }

  /** One request and its response. Closes the connection whenever it cannot be used again. */
  async exchange(signal: AbortSignal): Promise<{ status: number; text: string }> {
    const connection = this.#connection;
    if (!connection) throw new NoAnswerYet("not connected");
    // Closing is the only way to end a read that waits.
    const stopListening = onAbort(signal, () => this.close());
    try {
      await this.#send(connection);
      return await this.#receive(connection);
    } catch (error) {
      this.close();
      throw error;
    } finally {
      stopListening();
    }
  }

  close(): void {
    this.#isWanted = false;
    const connection = this.#connection;
    this.#connection = undefined;
    connection?.close();
  }

  async #connect(): Promise<void> {
    const connection = await connectTo(this.#url);
    if (this.#isWanted) this.#connection = connection;
    else connection.close();
  }

  async #send(connection: Deno.Conn): Promise<void> {
    try {
      for (let sent = 0; sent < this.#request.length;) {
        sent += await connection.write(this.#request.subarray(sent));
      }
    } catch (error) {
      throw new NoAnswerYet("the request could not be sent", { cause: error });
    }
  }

  async #receive(connection: Deno.Conn): Promise<{ status: number; text: string }> {
    let length = 0;
    let head: ResponseHead | null = null;
    while (true) {
      if (length === this.#buffer.length) this.#grow();
      const count = await this.#read(connection, length);
      length += count;
      const bytes = this.#buffer.subarray(0, length);
      head ??= readHead(bytes);
      const body = head && findBody(bytes, head, count === 0);
      if (body === "malformed") throw new HttpFailure("broken", "its answer is not valid HTTP");
      if (head && body) {
        if (!head.keepsAlive || body.end !== length) this.close();
        return { status: head.status, text: this.#decode(body.parts) };
      }
      if (count === 0) throw new HttpFailure("broken", "the connection was closed in the middle");
    }
  }

  /** Reads once, behind what has been read; 0 = the end. */
  async #read(connection: Deno.Conn, length: number): Promise<number> {
    const into = length === 0 ? this.#buffer : this.#buffer.subarray(length);
    let count: number | null;
    try {
      count = await connection.read(into);
    } catch (error) {
      throw length === 0 ? new NoAnswerYet("closed", { cause: error }) : error;
    }
    if (length === 0 && !count) throw new NoAnswerYet("closed before an answer");
    return count ?? 0;
  }

  #grow(): void {
    if (this.#buffer.length >= MAX_BODY_BYTES) throw tooLarge();
    const larger = new Uint8Array(this.#buffer.length * 2);
    larger.set(this.#buffer);
    this.#buffer = larger;
  }

  /** The body in one piece. Chunks are moved together where they are, over the sizes between them. */
  #joined(parts: BodyParts): Uint8Array {
    const from = parts[0]?.[0] ?? 0;
    let to = from;
    for (const [start, end] of parts) {
      if (start !== to) this.#buffer.copyWithin(to, start, end);
      to += end - start;
    }
    return this.#buffer.subarray(from, to);
  }

  #decode(parts: BodyParts): string {
    const text = decoder.decode(this.#joined(parts));
    // One giant answer must not keep its memory for the rest of the recording.
    if (this.#buffer.length > MAX_IDLE_BUFFER_BYTES) {
      this.#buffer = new Uint8Array(FIRST_BUFFER_BYTES);
    }
    return text;
  }
}

function readHead(bytes: Uint8Array): ResponseHead | null {
  const head = parseHead(bytes);
  if (head === "not_http") throw new HttpFailure("broken", "it does not speak HTTP");
  if (!head) return null;
  if (Number(head.headers["content-length"] ?? 0) > MAX_BODY_BYTES) throw tooLarge();
  const encoding = head.headers["content-encoding"] ?? "identity";
  if (encoding !== "identity") {
    throw new HttpFailure("broken", "its answer is compressed, which was not asked for");
  }
  return head;
}

/** Tries both loopback addresses for `localhost`, because Deno.connect takes only the first address of a name. */
async function connectTo(url: URL): Promise<Deno.Conn> {
  const port = url.port === "" ? 80 : Number(url.port);
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  if (hostname !== "localhost") return await Deno.connect({ hostname, port });
  try {
    return await Deno.connect({ hostname: "127.0.0.1", port });
  } catch (error) {
    // Where there is no IPv6 the first error is the one that says something.
    return await Deno.connect({ hostname: "::1", port }).catch(() => {
      throw error;
    });
  }
}
