import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { type ReadRequest, SourceError, UsageError } from "../../../src/model/mod.ts";
import { createPrometheusSource } from "../../../src/sources/prometheus/prometheus_source.ts";
import { fixture, readingOf } from "../mactop/fixture.ts";
import { freePort } from "../mactop/fake_path.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url);
const NODE = Deno.readTextFileSync(new URL("node_exporter/linux-1.5.0.metrics.txt", FIXTURES));
const NODE_LATER = Deno.readTextFileSync(
  new URL("node_exporter/linux-1.5.0.two-seconds-later.metrics.txt", FIXTURES),
);
const MACMON = Deno.readTextFileSync(new URL("macmon/macmon-0.8.2.metrics.txt", FIXTURES));

function request(monotonicMs = 0): ReadRequest {
  return { monotonicMs, wantSeries: true, signal: AbortSignal.timeout(5000) };
}

/** A server whose answer can be changed, and a source that reads it. */
function setUp(answer: () => Response) {
  const handler = { answer };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => handler.answer(),
  );
  const address = `127.0.0.1:${server.addr.port}`;
  return {
    handler,
    address,
    source: createPrometheusSource({ url: address }),
    [Symbol.asyncDispose]: () => server.shutdown().catch(() => {}),
  };
}

const open = (source: ReturnType<typeof createPrometheusSource>) =>
  source.open(AbortSignal.timeout(5000));

Deno.test("node_exporter is known by its families, and rates come with the second read", async () => {
  await using setup = setUp(() => new Response(NODE));
  const { source, handler, address } = setup;
  await open(source);
  equal(source.describe(), `node_exporter 1.5.0 at http://${address}/metrics`);
  equal(readingOf(await source.read(request(0))).values.cpu_pct, undefined);
  handler.answer = () => new Response(NODE_LATER);
  const { values } = readingOf(await source.read(request(2000)));
  equal(Math.round((values.cpu_pct ?? 0) * 1000), Math.round(100_000 * 3.26 / 4.03));
  await source.close();
  await source.close();
});

Deno.test("mactop elsewhere is read as mactop", async () => {
  await using setup = setUp(() => new Response(fixture("mactop-2.1.3.metrics.txt")));
  const { source, address } = setup;
  await open(source);
  equal(source.describe(), `mactop 2.1.0–2.1.3 at http://${address}/metrics`);
  const { values, series } = readingOf(await source.read(request()));
  equal(values.net_rx_bytes_per_s, 3884721.9471930265);
  equal(series.length, 30);
  await source.close();
});

Deno.test("macmon is read as macmon", async () => {
  await using setup = setUp(() => new Response(MACMON));
  await open(setup.source);
  equal(readingOf(await setup.source.read(request())).values.total_watts, 15.737249);
  await setup.source.close();
});

Deno.test("an unknown exporter is told which families were seen", async () => {
  await using setup = setUp(() => new Response("windows_cs_x 1\ngo_y 2\nnode_boot 3\n"));
  await rejects(open(setup.source), (error) => {
    equal(error instanceof SourceError, true);
    equal(
      (error as SourceError).message,
      `no known exporter answers at http://${setup.address}/metrics: ` +
        "it is a Prometheus endpoint with windows_*, go_* and node_* families only",
    );
    match((error as SourceError).hints.join(), /node_exporter .* mactop .* macmon/);
    return true;
  });
  await setup.source.close();
});

const REFUSED: readonly [string, () => Response, RegExp][] = [
  ["an error", () => new Response("", { status: 503 }), /answers with HTTP status 503$/],
  ["a web page", () => new Response("<html>"), /answers with an HTML page$/],
  ["JSON", () => Response.json([]), /answers with JSON$/],
  ["nothing", () => new Response(""), /answers with an empty answer$/],
  ["half an answer", () => new Response(NODE.slice(0, 2000)), /cut off/],
];
for (const [what, answer, message] of REFUSED) {
  Deno.test(`${what} is refused at the start, and a failed read later`, async () => {
    await using setup = setUp(answer);
    await rejects(open(setup.source), { name: "SourceError", message });
    setup.handler.answer = () => new Response(NODE);
    await open(setup.source);
    setup.handler.answer = answer;
    const failed = await setup.source.read(request());
    equal(failed.state, "failed");
    match("reason" in failed ? failed.reason : "", message);
    setup.handler.answer = () => new Response(NODE_LATER);
    equal((await setup.source.read(request(1000))).state, "ok");
    await setup.source.close();
  });
}

Deno.test("another exporter in its place is a failed read", async () => {
  await using setup = setUp(() => new Response(NODE));
  await open(setup.source);
  setup.handler.answer = () => new Response(MACMON);
  deepEqual(await setup.source.read(request()), {
    state: "failed",
    reason:
      `http://${setup.address}/metrics: it answers as a Prometheus endpoint with macmon_* families only`,
  });
  await setup.source.close();
});

Deno.test("bad lines and doubled series are said in a note", async () => {
  await using setup = setUp(() => new Response(NODE + "node_load1 99\nnode_load9 ?\n"));
  await open(setup.source);
  const { values, notes } = readingOf(await setup.source.read(request()));
  equal(values.load1 === 99, false);
  equal(notes.length, 2);
  await setup.source.close();
});

Deno.test("nobody at the address is refused with the address", async () => {
  const port = freePort();
  const source = createPrometheusSource({ url: `localhost:${port}` });
  await rejects(open(source), {
    message: `http://localhost:${port}/metrics: nothing answers (connection refused)`,
  });
  await source.close();
});

Deno.test("addresses may be short; what is none is a usage error", () => {
  const addressOf = (url: string) => createPrometheusSource({ url }).describe();
  equal(addressOf("nas:9100"), "exporter at http://nas:9100/metrics");
  equal(addressOf("https://nas/"), "exporter at https://nas/metrics");
  equal(addressOf("http://nas/a?b=c#d"), "exporter at http://nas/a?b=c");
  equal(addressOf("http://me:secret@localhost"), "exporter at http://localhost/metrics");
  for (const url of ["", "ftp://nas/metrics", "http://", "nas:port"]) {
    throws(() => createPrometheusSource({ url }), UsageError, url);
  }
});
