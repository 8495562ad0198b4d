import { jitterMetrics } from "./jitter_metrics.ts";
import { randomNumbers } from "./random_numbers.ts";

export interface FixtureServer extends AsyncDisposable {
  readonly url: string;
}

/** Plays mactop: serves a captured text on the loopback, changed once a second. */
export function serveFixture(path: string): FixtureServer {
  const text = Deno.readTextFileSync(path);
  const random = randomNumbers(1);
  let body = jitterMetrics(text, random);
  const timer = setInterval(() => body = jitterMetrics(text, random), 1000);
  const headers = { "content-type": "text/plain; version=0.0.4; charset=utf-8" };
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    () => new Response(body, { headers }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/metrics`,
    [Symbol.asyncDispose]: async () => {
      clearInterval(timer);
      await server.shutdown();
    },
  };
}
