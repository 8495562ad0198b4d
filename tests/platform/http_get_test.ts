import { deepEqual, equal, ok } from "node:assert/strict";
import { HttpEndpoint, type HttpResult } from "../../src/platform/http_get.ts";

/** Serves connections by hand, so that every kind of bad answer can be given. */
class RawServer implements Disposable {
  readonly #listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  readonly #open = new Set<Deno.Conn>();
  connections = 0;

  constructor(answer: (connection: Deno.Conn, request: number) => Promise<void>) {
    this.#accept(answer);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#listener.addr as Deno.NetAddr).port}/metrics`;
  }

  async #accept(answer: (connection: Deno.Conn, request: number) => Promise<void>) {
    for await (const connection of this.#listener) {
      this.connections++;
      this.#open.add(connection);
      this.#serve(connection, answer).catch(() => {});
    }
  }

  async #serve(
    connection: Deno.Conn,
    answer: (connection: Deno.Conn, request: number) => Promise<void>,
  ) {
    const buffer = new Uint8Array(4096);
    for (let request = 0; await connection.read(buffer); request++) {
      await answer(connection, request);
    }
  }

  [Symbol.dispose](): void {
    this.#listener.close();
    for (const connection of this.#open) closeQuietly(connection);
  }
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // Already closed.
  }
}

const encoder = new TextEncoder();
async function send(connection: Deno.Conn, text: string): Promise<void> {
  const bytes = encoder.encode(text);
  for (let sent = 0; sent < bytes.length;) sent += await connection.write(bytes.subarray(sent));
}

async function getOnce(url: string, timeoutMs = 2000): Promise<HttpResult> {
  const endpoint = new HttpEndpoint(url);
  const result = await endpoint.get(AbortSignal.timeout(timeoutMs));
  endpoint.close();
  return result;
}

/** What a raw answer, after which the connection is closed or kept, is taken for. */
async function resultOf(raw: string, { close = true } = {}): Promise<HttpResult> {
  using server = new RawServer(async (connection) => {
    await send(connection, raw);
    if (close) connection.closeWrite();
  });
  return await getOnce(server.url);
}

const GOOD: readonly [string, string, number, string][] = [
  ["a length", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nup 1\n ", 200, "up 1\n "],
  [
    "chunks",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nup \r\n2\r\n1\n\r\n0\r\nT: x\r\n\r\n",
    200,
    "up 1\n",
  ],
  ["its end", "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\nup 1\n", 200, "up 1\n"],
  ["no body", "HTTP/1.1 204 No Content\r\n\r\n", 204, ""],
  ["an error", "HTTP/1.1 500 Oops\r\nContent-Length: 2\r\n\r\nno", 500, "no"],
];
for (const [how, raw, status, text] of GOOD) {
  Deno.test(`an answer that is framed by ${how} is read`, async () => {
    deepEqual(await resultOf(raw), { kind: "answer", status, text });
  });
}

const BROKEN: readonly [string, string, RegExp][] = [
  ["a length that is not reached", "HTTP/1.1 200 OK\r\nContent-Length: 60\r\n\r\nup", /middle/],
  [
    "a last chunk that is missing",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nup \r\n",
    /middle/,
  ],
  [
    "a chunk without a size",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nup 1\r\n",
    /not valid HTTP/,
  ],
  ["no HTTP at all", "SSH-2.0-OpenSSH_9.6\r\n", /does not speak HTTP/],
  ["nothing", "", /closed without an answer/],
  ["a head that is cut off", "HTTP/1.1 200 OK\r\nContent-", /middle/],
  [
    "compression",
    "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx",
    /compressed/,
  ],
];
for (const [what, raw, reason] of BROKEN) {
  Deno.test(`an answer with ${what} is broken, and says why`, async () => {
    const result = await resultOf(raw);
    ok(result.kind === "broken", result.kind);
    ok(reason.test(result.reason), result.reason);
  });
}

Deno.test("one connection serves many requests, in UTF-8 that is cut anywhere", async () => {
  using server = new RawServer(async (connection, request) => {
    const body = encoder.encode(`– ${request}\n`);
    await send(connection, `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n`);
    for (const byte of body) await connection.write(Uint8Array.of(byte));
  });
  const endpoint = new HttpEndpoint(server.url);
  for (let request = 0; request < 5; request++) {
    const result = await endpoint.get(AbortSignal.timeout(2000));
    deepEqual(result, { kind: "answer", status: 200, text: `– ${request}\n` });
  }
  equal(server.connections, 1);
  endpoint.close();
});

Deno.test("an idle connection that the server closed is replaced without a failure", async () => {
  using server = new RawServer(async (connection) => {
    await send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    connection.close();
  });
  const endpoint = new HttpEndpoint(server.url);
  for (let request = 0; request < 3; request++) {
    equal((await endpoint.get(AbortSignal.timeout(2000))).kind, "answer");
  }
  equal(server.connections, 3);
  endpoint.close();
});

Deno.test("nobody there is refused, and a server that comes later is found", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  const endpoint = new HttpEndpoint(`http://localhost:${port}/metrics`);
  deepEqual(await endpoint.get(AbortSignal.timeout(2000)), {
    kind: "refused",
    reason: `http://localhost:${port}/metrics: nothing answers (connection refused)`,
  });
  const server = Deno.serve({ port, onListen() {} }, () => new Response("up 1\n"));
  equal((await endpoint.get(AbortSignal.timeout(2000))).kind, "answer");
  endpoint.close();
  await server.shutdown();
});

Deno.test("an answer that does not come, or does not end, is given up in time", async () => {
  for (const raw of ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nup"]) {
    using server = new RawServer((connection) => send(connection, raw));
    const startedAt = performance.now();
    const result = await getOnce(server.url, 200);
    deepEqual(result, { kind: "timeout", reason: `${server.url}: no answer in time` });
    ok(performance.now() - startedAt < 1500);
  }
});

Deno.test("after a time-out the next request has a connection of its own", async () => {
  let requests = 0;
  using server = new RawServer(async (connection) => {
    if (requests++ === 0) return;
    await send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
  });
  const endpoint = new HttpEndpoint(server.url);
  equal((await endpoint.get(AbortSignal.timeout(200))).kind, "timeout");
  equal((await endpoint.get(AbortSignal.timeout(2000))).kind, "answer");
  endpoint.close();
});

const HUGE = [
  "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n",
  "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6400000\r\n",
  "HTTP/1.0 200 OK\r\n\r\n",
];
for (const head of HUGE) {
  Deno.test(`100 MB are not gathered (${JSON.stringify(head.split("\r\n")[1])})`, async () => {
    let sent = 0;
    using server = new RawServer(async (connection) => {
      await send(connection, head);
      const block = new Uint8Array(65536).fill(97);
      for (; sent < 104857600; sent += block.length) await connection.write(block);
    });
    const result = await getOnce(server.url, 10_000);
    equal(result.kind, "too_large");
    ok("reason" in result && result.reason.endsWith("its answer is larger than 16 MiB"));
    ok(sent < 64 * 1024 * 1024, `${sent} bytes were taken`);
  });
}

Deno.test("name and password are sent as basic authorization, and not shown", async () => {
  let seen: string | null = null;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
    seen = request.headers.get("authorization");
    return new Response("ok");
  });
  const endpoint = new HttpEndpoint(`http://jo:p%C3%A4ss@127.0.0.1:${server.addr.port}/metrics`);
  equal(endpoint.shown, `http://127.0.0.1:${server.addr.port}/metrics`);
  await endpoint.get(AbortSignal.timeout(2000));
  equal(seen, "Basic " + btoa("jo:p\xc3\xa4ss"));
  endpoint.close();
  await server.shutdown();
});

Deno.test("a name that does not exist is unreachable", async () => {
  const result = await getOnce("http://no-such-host.invalid:9/metrics");
  ok(result.kind === "unreachable" || result.kind === "timeout", result.kind);
});
