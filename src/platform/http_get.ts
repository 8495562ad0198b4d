import { HttpConnection, NoAnswerYet } from "./http_connection.ts";
import {
  type HttpFailure,
  type HttpFailureKind,
  MAX_BODY_BYTES,
  toHttpFailure,
  tooLarge,
} from "./http_failure.ts";

export type HttpResult =
  | { readonly kind: "answer"; readonly status: number; readonly text: string }
  | { readonly kind: HttpFailureKind; readonly reason: string };

const HEADERS = {
  "accept": "text/plain;version=0.0.4, */*;q=0.1",
  "accept-encoding": "identity",
  "user-agent": "mtr",
};

/**
 * One address that is asked repeatedly, by one caller at a time. Plain HTTP goes over a kept connection of our own;
 * `fetch` serves https, and names whose first address does not answer (it tries them all).
 */
export class HttpEndpoint {
  /** The address for people: without name and password. */
  readonly shown: string;
  readonly #url: URL;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #connection: HttpConnection;
  #usesFetch: boolean;

  constructor(address: string) {
    const url = new URL(address);
    this.#headers = { ...HEADERS, ...authorization(url) };
    url.username = url.password = "";
    this.#url = url;
    this.shown = url.href;
    this.#connection = new HttpConnection(url, this.#headers);
    this.#usesFetch = url.protocol === "https:";
  }

  /** Asks once. Never throws: what goes wrong is a result, in words that are the same from time to time. */
  async get(signal: AbortSignal): Promise<HttpResult> {
    try {
      signal.throwIfAborted();
      const answer = this.#usesFetch ? await this.#fetch(signal) : await this.#getDirectly(signal);
      return { kind: "answer", ...answer };
    } catch (error) {
      const { kind, message }: HttpFailure = toHttpFailure(error, signal);
      return { kind, reason: `${this.shown}: ${message}` };
    }
  }

  /** Closes the kept connection; a later `get` opens a new one. */
  close(): void {
    this.#connection.close();
  }

  async #getDirectly(signal: AbortSignal): Promise<{ status: number; text: string }> {
    if (this.#connection.isOpen) {
      try {
        return await this.#connection.exchange(signal);
      } catch (error) {
        // A server may close an idle connection at any time: only then ask once more, on a new one.
        if (signal.aborted || !(error instanceof NoAnswerYet)) throw error;
      }
    }
    try {
      await this.#connection.open(signal);
    } catch (error) {
      if (signal.aborted || hasOneAddress(this.#url.hostname)) throw error;
      const answer = await this.#fetch(signal);
      this.#usesFetch = true;
      return answer;
    }
    return await this.#connection.exchange(signal);
  }

  async #fetch(signal: AbortSignal): Promise<{ status: number; text: string }> {
    const response = await fetch(this.#url, {
      signal,
      redirect: "manual",
      headers: this.#headers,
    });
    const decoder = new TextDecoder();
    let text = "";
    let length = 0;
    for await (const chunk of response.body ?? []) {
      length += chunk.length;
      // Leaving the loop cancels the body.
      if (length > MAX_BODY_BYTES) throw tooLarge();
      text += decoder.decode(chunk, { stream: true });
    }
    return { status: response.status, text: text + decoder.decode() };
  }
}

function authorization(url: URL): Record<string, string> {
  if (!url.username && !url.password) return {};
  const account = decodeURIComponent(url.username) + ":" + decodeURIComponent(url.password);
  const bytes = new TextEncoder().encode(account);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

function hasOneAddress(hostname: string): boolean {
  return hostname === "localhost" || hostname.startsWith("[") || /^[\d.]+$/.test(hostname);
}
