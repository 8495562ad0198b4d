import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { type ReadRequest, type Source, SourceError } from "../../../src/model/mod.ts";
import {
  createMactopSource,
  type MactopSourceOptions,
} from "../../../src/sources/mactop/mactop_source.ts";
import { FakePath, freePort } from "./fake_path.ts";
import { fixture, readingOf } from "./fixture.ts";

const NEWEST = fixture("mactop-2.1.5.metrics.txt");

/** Serves what `answer` says at the moment. */
class Server implements AsyncDisposable {
  answer: () => Response = () => new Response(NEWEST);
  readonly #server: Deno.HttpServer<Deno.NetAddr>;

  constructor(port = 0) {
    const options = { hostname: "127.0.0.1", port, onListen() {} };
    this.#server = Deno.serve(options, () => this.answer());
  }

  get port(): number {
    return this.#server.addr.port;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.shutdown();
  }
}

function sourceFor(options: Partial<MactopSourceOptions>): Source {
  return createMactopSource({
    port: 1,
    intervalMs: 1000,
    onNotice() {},
    isMac: false,
    isRoot: false,
    searchPath: "/nowhere",
    ...options,
  });
}

function request(monotonicMs = 0, timeoutMs = 2000): ReadRequest {
  return { monotonicMs, wantSeries: true, signal: AbortSignal.timeout(timeoutMs) };
}

const open = (source: Source) => source.open(AbortSignal.timeout(20_000));

/** What `open` refuses with. */
async function refusal(source: Source): Promise<SourceError> {
  let refused: unknown;
  await rejects(open(source), (error) => {
    refused = error;
    return error instanceof SourceError;
  });
  await source.close();
  return refused as SourceError;
}

Deno.test("a mactop that answers is scraped, and nothing is started", async () => {
  await using server = new Server();
  const source = sourceFor({ port: server.port });
  await open(source);
  const { values, series } = readingOf(await source.read(request()));
  equal(values.cpu_pct, 17.65919238982722);
  equal(series.length, 30);
  equal(source.describe(), "mactop 2.1.4+");
  await source.close();
  await source.close();
});

Deno.test("a mactop elsewhere is described with its address", async () => {
  await using server = new Server();
  const url = `http://127.0.0.1:${server.port}/metrics`;
  const source = sourceFor({ url });
  await open(source);
  equal((await source.read(request())).state, "ok");
  equal(source.describe(), `mactop 2.1.4+ at ${url}`);
  await source.close();
});

Deno.test("a mactop in its first second is good to open, and not ready to read", async () => {
  await using server = new Server();
  server.answer = () => new Response(fixture("mactop-0.2.7.startup.metrics.txt"));
  const source = sourceFor({ port: server.port });
  await open(source);
  equal((await source.read(request())).state, "not_ready");
  server.answer = () => new Response(fixture("mactop-0.2.7.metrics.txt"));
  equal((await source.read(request())).state, "ok");
  equal(source.describe(), "mactop 0.2.7 or 2.0.0–2.0.1");
  await source.close();
});

Deno.test("not installed: the refusal links mactop and names the native source", async () => {
  const port = freePort();
  const { message, hints } = await refusal(sourceFor({ port, isMac: true }));
  equal(
    message,
    `nothing answers at http://localhost:${port}/metrics and no \`mactop\` is on the PATH`,
  );
  deepEqual(hints, [
    "mactop gives the Apple-silicon metrics that mtr records: https://github.com/metaspartan/mactop",
    "install it:        brew install mactop",
    "or do without it:  mtr record --source native     (CPU, memory, swap and load only)",
  ]);
});

Deno.test("nobody at a given address: nothing is started, although mactop is installed", async () => {
  await using path = await FakePath.create();
  await path.addMactop("2.1.5", "serve", "mactop-2.1.5.metrics.txt");
  const url = `http://127.0.0.1:${freePort()}/metrics`;
  const { message } = await refusal(sourceFor({ url, searchPath: path.folder }));
  equal(message, `${url}: nothing answers (connection refused)`);
  deepEqual(await path.starts(), [""]);
});

const OTHERS: readonly [string, () => Response, RegExp, RegExp][] = [
  [
    "a headless mactop up to 2.1.3",
    () => new Response(fixture("mactop-2.1.3.headless-registry.metrics.txt")),
    /^port \d+ answers, but not as mactop: it is a Prometheus endpoint with go_\*, process_\* and promhttp_\* families only$/,
    /yours says v2\.1\.1/,
  ],
  [
    "another exporter",
    () => new Response("node_load1 1\nnode_load5 2\n"),
    /it is a Prometheus endpoint with node_\* families only/,
    /--source prometheus --url/,
  ],
  [
    "a web page",
    () => new Response("<!doctype html><html>"),
    /it is an HTML page/,
    /--port/,
  ],
  ["JSON", () => Response.json({ a: 1 }), /it is JSON/, /--port/],
  [
    "another web server",
    () => new Response("", { status: 404 }),
    /it is HTTP status 404/,
    /--port/,
  ],
];
for (const [what, answer, message, hint] of OTHERS) {
  Deno.test(`${what} on the port is refused by saying what it is`, async () => {
    await using server = new Server();
    await using path = await FakePath.create();
    await path.addMactop("2.1.1", "print", "mactop-2.1.3.headless.ndjson");
    server.answer = answer;
    const refused = await refusal(sourceFor({ port: server.port, searchPath: path.folder }));
    match(refused.message, message);
    match(refused.hints.join("\n"), hint);
  });
}

Deno.test("a program that speaks no HTTP on the port is refused by saying so", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  (async () => {
    for await (const connection of listener) {
      await connection.write(new TextEncoder().encode("SSH-2.0-OpenSSH_9.6\r\n"));
      connection.close();
    }
  })();
  const { message } = await refusal(sourceFor({ port: (listener.addr as Deno.NetAddr).port }));
  match(message, /answers, but not as mactop: (it does not speak HTTP|the connection was closed)/);
  listener.close();
});

const BAD_ANSWERS: readonly [string, () => Response, RegExp][] = [
  ["an error", () => new Response("oops", { status: 500 }), /HTTP status 500/],
  ["a web page", () => new Response("<html></html>"), /an HTML page/],
  ["nothing", () => new Response(""), /an empty answer/],
  ["half an answer", () => new Response(NEWEST.slice(0, 3000)), /cut off/],
  ["another exporter's metrics", () => new Response("up 1\n"), /not as mactop/],
  ["100 MB", () => new Response(endless(100 * 2 ** 20)), /larger than 16 MiB/],
];

function endless(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  const block = new Uint8Array(65536).fill(97);
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(block);
      left -= block.length;
      if (left <= 0) controller.close();
    },
  });
}

Deno.test("bad answers fail, each with its reason, and the next good one is read", async () => {
  await using server = new Server();
  const source = sourceFor({ port: server.port });
  await open(source);
  for (const [what, answer, reason] of BAD_ANSWERS) {
    server.answer = answer;
    const result = await source.read(request(0, 10_000));
    equal(result.state, "failed", what);
    match("reason" in result ? result.reason : "", reason);
    server.answer = () => new Response(NEWEST);
    equal((await source.read(request())).state, "ok", `after ${what}`);
  }
  await source.close();
});

Deno.test("a server that goes away and comes back fails in between", async () => {
  const port = freePort();
  const source = sourceFor({ port });
  {
    await using server = new Server(port);
    server.answer = () => new Response(NEWEST);
    await open(source);
    equal((await source.read(request())).state, "ok");
  }
  deepEqual(await source.read(request()), {
    state: "failed",
    reason: `http://localhost:${port}/metrics: nothing answers (connection refused)`,
  });
  await using _server = new Server(port);
  equal((await source.read(request())).state, "ok");
  await source.close();
});

Deno.test("an answer that takes too long fails, and the next one is read", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const silent = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(1000));
    await send(connection, NEWEST);
    await connection.read(new Uint8Array(1000));
    return connection;
  })();
  const source = sourceFor({ port: (listener.addr as Deno.NetAddr).port });
  await open(source);
  const result = await source.read(request(0, 200));
  match("reason" in result ? result.reason : "", /no answer in time$/);
  (await silent).close();
  const answering = (async () => {
    const connection = await listener.accept();
    await connection.read(new Uint8Array(1000));
    await send(connection, NEWEST);
    connection.close();
  })();
  equal((await source.read(request())).state, "ok");
  await answering;
  await source.close();
  listener.close();
});

async function send(connection: Deno.Conn, text: string): Promise<void> {
  const head = `HTTP/1.1 200 OK\r\nContent-Length: ${text.length}\r\n\r\n`;
  await connection.write(new TextEncoder().encode(head + text));
}

Deno.test("values that do not change for a minute are those of a hung mactop", async () => {
  await using server = new Server();
  const source = sourceFor({ port: server.port });
  await open(source);
  for (let second = 0; second < 60; second++) {
    equal((await source.read(request(second * 1000))).state, "ok");
  }
  deepEqual(await source.read(request(60_000)), {
    state: "failed",
    reason: "mactop answers, but its values have not changed for 60 s",
  });
  server.answer = () => new Response(NEWEST.replace("usage_percent 17.6", "usage_percent 18.6"));
  equal((await source.read(request(61_000))).state, "ok");
  await source.close();
});

Deno.test("the first CPU figures of a mactop are 0 because it has looked once: absent", async () => {
  await using server = new Server();
  server.answer = () =>
    new Response(NEWEST.replace(/cpu_usage_percent 17.*/, "cpu_usage_percent 0"));
  const source = sourceFor({ port: server.port });
  await open(source);
  const first = readingOf(await source.read(request()));
  deepEqual([first.values.cpu_pct, first.values.ecpu_pct], [undefined, undefined]);
  equal(first.values.gpu_pct, 34.90841512469832);
  equal(first.series.some(({ metric }) => metric === "core_pct"), false);
  const zero = server.answer;
  server.answer = () => new Response(NEWEST);
  equal(readingOf(await source.read(request(1000))).values.cpu_pct, 17.65919238982722);
  server.answer = zero;
  equal(readingOf(await source.read(request(2000))).values.cpu_pct, 0);
  await source.close();
});
