/** One question to any OpenAI-compatible endpoint. The library is loaded here, so that only `--summary` pays for it. */
import { messageOf, SourceError } from "../../model/mod.ts";
import { boundedFetch } from "./bounded_fetch.ts";
import type { ChatMessage } from "./prompt.ts";

export interface Endpoint {
  readonly baseUrl: string;
  readonly model: string;
  /** Null where the endpoint wants none (Ollama). */
  readonly apiKey: string | null;
  readonly timeoutMs: number;
}

const MOST_TOKENS = 500;
/** Such an answer is some kilobytes; models that think aloud write more. */
const MOST_BYTES = 1_000_000;

/**
 * The model's answer, unchecked.
 * @throws {SourceError} when there is none: no endpoint, a time-out, an answer that is none
 */
export async function askModel(
  messages: readonly ChatMessage[],
  endpoint: Endpoint,
): Promise<string> {
  const { default: OpenAI } = await import("openai");
  const client = new OpenAI({
    baseURL: endpoint.baseUrl,
    // The library insists on one; endpoints without keys ignore it.
    apiKey: endpoint.apiKey ?? "none",
    maxRetries: 0,
    timeout: endpoint.timeoutMs,
    fetch: boundedFetch(MOST_BYTES),
  });
  // The library's own time-out ends with the response's head: a body that never ends has to end as well.
  const signal = AbortSignal.timeout(endpoint.timeoutMs);
  try {
    const answer = await Promise.race([
      client.chat.completions.create({
        model: endpoint.model,
        messages: messages.map((message) => ({ ...message })),
        temperature: 0,
        max_tokens: MOST_TOKENS,
      }, { signal }),
      rejectedBy(signal, endpoint.timeoutMs),
    ]);
    const text: unknown = answer?.choices?.[0]?.message?.content;
    if (typeof text === "string" && text.trim() !== "") return text;
    throw new Error("its answer has no text");
  } catch (error) {
    throw new SourceError(`${endpoint.baseUrl} gave no summary: ${messageOf(error)}`, [], {
      cause: error,
    });
  }
}

function rejectedBy(signal: AbortSignal, timeoutMs: number): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error(`no answer in ${timeoutMs / 1000} s`)));
  });
}
