/** How one HTTP/1.x response lies in the bytes that came over a connection. Pure: bytes in, positions out. */

export interface ResponseHead {
  readonly status: number;
  /** Those of the headers that matter, in lower case; of repeated ones the last. */
  readonly headers: Readonly<Partial<Record<HeaderName, string>>>;
  /** Where the body begins. */
  readonly bodyStart: number;
  /** Whether the server leaves the connection open for the next request. */
  readonly keepsAlive: boolean;
}

/** What says how a body is to be read. */
const HEADERS = ["connection", "content-encoding", "content-length", "transfer-encoding"] as const;
type HeaderName = typeof HEADERS[number];

/** A head longer than this is not one. */
export const MAX_HEAD_BYTES = 64 * 1024;

const CR = 13, LF = 10, SPACE = 32, ZERO = 48, COLON = 58;
const PROTOCOL = "HTTP/1.";

/**
 * Reads the head of a response; null when more bytes are needed, "not_http" when it will never be one. The bytes are not
 * made a text: once a second for ever, what a decoder costs counts.
 */
export function parseHead(bytes: Uint8Array): ResponseHead | null | "not_http" {
  for (let at = 0; at < PROTOCOL.length && at < bytes.length; at++) {
    if (bytes[at] !== PROTOCOL.charCodeAt(at)) return "not_http";
  }
  const end = endOfHead(bytes);
  if (end < 0) return bytes.length >= MAX_HEAD_BYTES ? "not_http" : null;
  const minor = digitAt(bytes, PROTOCOL.length);
  const isSpaced = bytes[PROTOCOL.length + 1] === SPACE;
  const status = statusAt(bytes, PROTOCOL.length + 2);
  if (!(minor <= 1) || !isSpaced || !(status >= 100)) return "not_http";
  const headers = readHeaders(bytes, end);
  const { connection } = headers;
  const keepsAlive = connection !== "close" && (minor === 1 || connection === "keep-alive");
  return { status, headers, bodyStart: end + 4, keepsAlive };
}

function statusAt(bytes: Uint8Array, at: number): number {
  return digitAt(bytes, at) * 100 + digitAt(bytes, at + 1) * 10 + digitAt(bytes, at + 2);
}

/** NaN where there is no digit. */
function digitAt(bytes: Uint8Array, at: number): number {
  const digit = (bytes[at] ?? 0) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : NaN;
}

function readHeaders(bytes: Uint8Array, headEnd: number): ResponseHead["headers"] {
  const headers: Partial<Record<HeaderName, string>> = {};
  for (let at = bytes.indexOf(LF) + 1; at > 0 && at < headEnd; at = bytes.indexOf(LF, at) + 1) {
    for (const name of HEADERS) {
      if (!isNamed(bytes, at, name)) continue;
      const end = Math.min(headEnd, bytes.indexOf(CR, at));
      headers[name] = latin1(bytes, at + name.length + 1, end).trim().toLowerCase();
    }
  }
  return headers;
}

const LOWER_CASE = 0x20;

/** Whether the header at a position has a lower-case name. */
function isNamed(bytes: Uint8Array, at: number, name: string): boolean {
  if (bytes[at + name.length] !== COLON) return false;
  for (let i = 0; i < name.length; i++) {
    if (((bytes[at + i] ?? 0) | LOWER_CASE) !== name.charCodeAt(i)) return false;
  }
  return true;
}

/** Longer than any value that says how a body is framed. */
const LONGEST_WORD = 256;

function latin1(bytes: Uint8Array, start: number, end: number): string {
  return String.fromCharCode(...bytes.subarray(start, Math.min(end, start + LONGEST_WORD)));
}

/** Position of the empty line's CR LF CR LF, or −1. */
function endOfHead(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(LF); at >= 0 && at < MAX_HEAD_BYTES; at = bytes.indexOf(LF, at + 1)) {
    if (bytes[at - 1] === CR && bytes[at + 1] === CR && bytes[at + 2] === LF) return at - 1;
  }
  return -1;
}

/** Stretches of bytes that together are the body. */
export type BodyParts = readonly (readonly [start: number, end: number])[];

export interface Body {
  readonly parts: BodyParts;
  /** Position after the whole response. */
  readonly end: number;
}

/**
 * Finds the body in what has come so far.
 * @returns null when more is needed, "malformed" when its framing makes no sense
 */
export function findBody(
  bytes: Uint8Array,
  head: ResponseHead,
  isClosed: boolean,
): Body | null | "malformed" {
  if (head.status === 204 || head.status === 304) return { parts: [], end: head.bodyStart };
  if (head.headers["transfer-encoding"] === "chunked") {
    return findChunks(bytes, head.bodyStart);
  }
  const length = head.headers["content-length"];
  if (length === undefined) {
    return isClosed ? { parts: [[head.bodyStart, bytes.length]], end: bytes.length } : null;
  }
  if (!/^\d{1,15}$/.test(length)) return "malformed";
  const end = head.bodyStart + Number(length);
  return bytes.length >= end ? { parts: [[head.bodyStart, end]], end } : null;
}

/** A chunk's head is a size in hex, perhaps with extensions that nobody uses. */
const MAX_CHUNK_HEAD = 256;

function findChunks(bytes: Uint8Array, bodyStart: number): Body | null | "malformed" {
  const parts: [number, number][] = [];
  for (let at = bodyStart;;) {
    const headEnd = endOfLine(bytes, at);
    if (headEnd < 0) return bytes.length - at > MAX_CHUNK_HEAD ? "malformed" : null;
    const size = /^([0-9a-f]{1,12})[ \t]*(;|$)/i.exec(latin1(bytes, at, headEnd));
    if (!size) return "malformed";
    const start = headEnd + 2;
    const end = start + parseInt(size[1] ?? "", 16);
    if (end === start) return afterTrailers(bytes, start, parts);
    if (bytes.length < end + 2) return null;
    if (bytes[end] !== CR || bytes[end + 1] !== LF) return "malformed";
    parts.push([start, end]);
    at = end + 2;
  }
}

function afterTrailers(bytes: Uint8Array, start: number, parts: BodyParts): Body | null {
  for (let at = start;;) {
    const end = endOfLine(bytes, at);
    if (end < 0) return null;
    if (end === at) return { parts, end: end + 2 };
    at = end + 2;
  }
}

/** Position of the CR LF that ends the line at `at`, or −1. */
function endOfLine(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(CR, at);
  return end >= 0 && bytes[end + 1] === LF ? end : -1;
}
