/** Why a GET gave no answer. */
export type HttpFailureKind = "refused" | "unreachable" | "timeout" | "too_large" | "broken";

/** More than any exporter sends; a larger answer is given up, never gathered. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** A failure that is understood; the message says what the other side did. */
export class HttpFailure extends Error {
  constructor(readonly kind: HttpFailureKind, message: string) {
    super(message);
  }
}

export function tooLarge(): HttpFailure {
  return new HttpFailure(
    "too_large",
    `its answer is larger than ${MAX_BODY_BYTES / 1024 / 1024} MiB`,
  );
}

/** Anything that was thrown on the way to an answer, as one of the kinds. */
export function toHttpFailure(error: unknown, signal: AbortSignal): HttpFailure {
  if (error instanceof HttpFailure) return error;
  if (signal.aborted) return new HttpFailure("timeout", "no answer in time");
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.ConnectionRefused || /connection refused/i.test(message)) {
    return new HttpFailure("refused", "nothing answers (connection refused)");
  }
  if (/clos(e|ed)|reset|broken pipe|not be sent/i.test(message)) {
    return new HttpFailure("broken", "the connection was closed without an answer");
  }
  return new HttpFailure("unreachable", `cannot be reached: ${message}`);
}
