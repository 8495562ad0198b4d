import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import { kill } from "node:process";
import { type ReadRequest, type Source, SourceError } from "../../../src/model/mod.ts";
import {
  createMactopSource,
  type MactopSourceOptions,
} from "../../../src/sources/mactop/mactop_source.ts";
import { FakePath, freePort } from "./fake_path.ts";
import { fixture, readingOf } from "./fixture.ts";

interface Setup {
  readonly source: Source;
  readonly port: number;
  readonly notices: string[];
}

function setUp(path: FakePath, options: Partial<MactopSourceOptions> = {}): Setup {
  const port = freePort();
  const notices: string[] = [];
  const source = createMactopSource({
    port,
    intervalMs: 1000,
    onNotice: (text) => notices.push(text),
    isMac: false,
    isRoot: false,
    searchPath: path.folder,
    ...options,
  });
  return { source, port, notices };
}

function request(monotonicMs = 0): ReadRequest {
  return { monotonicMs, wantSeries: true, signal: AbortSignal.timeout(2000) };
}

const open = (source: Source) => source.open(AbortSignal.timeout(30_000));

async function answers(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: "127.0.0.1", port })).close();
    return true;
  } catch {
    return false;
  }
}

/** Reads again and again, a second of the recorder's time apart, until a result is as wanted. */
async function readUntil(source: Source, state: string, fromMs: number): Promise<number> {
  for (let at = fromMs;; at += 1000) {
    const result = await source.read(request(at));
    if (result.state === state) return at;
    if (at > fromMs + 300_000) throw new Error(`never ${state}: ${JSON.stringify(result)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

Deno.test("2.1.4 and later: started headless with its endpoint, scraped, and stopped", async () => {
  await using path = await FakePath.create();
  await path.addMactop("2.1.5", "serve", "mactop-2.1.5.metrics.txt");
  const { source, port, notices } = setUp(path);
  await open(source);
  deepEqual(await path.starts(), [`--headless --prometheus ${port} --interval 1000 --lang en`]);
  deepEqual(notices, ["starting mactop 2.1.5; it is stopped when the recording ends"]);
  equal(readingOf(await source.read(request())).values.cpu_pct, 17.65919238982722);
  equal(source.describe(), "mactop 2.1.5");
  await source.close();
  equal(await answers(port), false);
  await source.close();
});

const STREAMS: readonly [string, string, string, number][] = [
  ["0.2.7", "mactop-0.2.7.headless.ndjson", "--headless --interval 1000", 74.62871287128712],
  ["2.1.2", "mactop-2.1.3.headless.ndjson", "--headless --interval 1000", 47.454031117397456],
  [
    "2.1.3",
    "mactop-2.1.3.headless.ndjson",
    "--headless --interval 1000 --lang en",
    47.454031117397456,
  ],
];
for (const [version, data, args, cpu] of STREAMS) {
  Deno.test(`${version}: started headless, and the newest object of its JSON is read`, async () => {
    await using path = await FakePath.create();
    await path.addMactop(version, "print", data);
    const { source } = setUp(path);
    await open(source);
    deepEqual(await path.starts(), [args]);
    let read: number | undefined;
    for (let tries = 0; read !== cpu && tries < 40; tries++) {
      read = readingOf(await source.read(request())).values.cpu_pct;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    equal(read, cpu);
    equal(source.describe(), `mactop ${version}`);
    await source.close();
  });
}

Deno.test("0.2.4: started through sudo with a notice, and stopped without a signal", async () => {
  await using path = await FakePath.create();
  await path.addMactop("0.2.4", "serve", "mactop-0.2.4.metrics.txt");
  // Like the real one it cannot be signalled by a user: it outlives SIGTERM.
  await path.add("sudo", `echo sudo >> "${path.folder}/calls"; trap : TERM; "$@"`);
  const { source, port, notices } = setUp(path);
  await open(source);
  deepEqual(await path.starts(), [`-p ${port} -i 1000`]);
  equal(await Deno.readTextFile(`${path.folder}/calls`), "sudo\n");
  match(notices[0] ?? "", /mactop 0\.2\.4.*sudo may ask for your password/);
  equal(readingOf(await source.read(request())).values.package_watts, 3.599);
  const startedAt = performance.now();
  await source.close();
  ok(performance.now() - startedAt < 2900);
  equal(await answers(port), false);
});

Deno.test("0.2.4 with mtr as root: no sudo", async () => {
  await using path = await FakePath.create();
  await path.addMactop("0.2.4", "serve", "mactop-0.2.4.metrics.txt");
  const { source, port } = setUp(path, { isRoot: true });
  await open(source);
  equal((await source.read(request())).state, "ok");
  await source.close();
  equal(await answers(port), false);
});

Deno.test("sudo that refuses is told with its words", async () => {
  await using path = await FakePath.create();
  await path.addMactop("0.2.3", "serve", "mactop-0.2.4.metrics.txt");
  await path.add("sudo", `echo "sudo: a terminal is required to read the password" >&2; exit 1`);
  const { source } = setUp(path);
  await rejects(open(source), (error) => {
    ok(error instanceof SourceError);
    equal(
      error.message,
      "mactop 0.2.3 was started, but ended: exit code 1: sudo: a terminal is required to read the password",
    );
    match(error.hints.join("\n"), /brew upgrade mactop/);
    return true;
  });
});

Deno.test("a mactop that ends at once is told with its last words", async () => {
  await using path = await FakePath.create();
  await path.add(
    "mactop",
    `[ "$1" = --version ] && echo "Version von mactop: v2.1.4" && exit
     echo "flag provided but not defined: -x" >&2; exit 2`,
  );
  const { source } = setUp(path);
  await rejects(open(source), {
    message: "mactop 2.1.4 was started, but ended: exit code 2: flag provided but not defined: -x",
  });
  await source.close();
});

Deno.test("a mactop that does not say its version is taken for a new one", async () => {
  await using path = await FakePath.create();
  await path.addMactop("?", "serve", "mactop-2.1.5.metrics.txt");
  const { source } = setUp(path);
  await open(source);
  equal(source.describe(), "mactop");
  await source.close();
});

Deno.test("giving up while mactop starts stops it", async () => {
  await using path = await FakePath.create();
  await path.add(
    "mactop",
    `[ "$1" = --version ] && echo v2.1.5 && exit
     echo $$ > "${path.folder}/pid"; exec sleep 60`,
  );
  const { source } = setUp(path);
  await rejects(source.open(AbortSignal.timeout(700)));
  const pid = Number(await Deno.readTextFile(`${path.folder}/pid`));
  throws(() => kill(pid, 0), /ESRCH/);
  await source.close();
});

Deno.test("a mactop that dies is started again, later and later, and read again", async () => {
  await using path = await FakePath.create();
  await path.addMactop("2.1.5", "serve", "mactop-2.1.5.metrics.txt");
  const { source, notices } = setUp(path);
  await open(source);
  equal((await source.read(request(0))).state, "ok");
  await path.add("mactop", `[ "$1" = --version ] || { echo no >&2; exit 3; }`);
  await killChild(path);
  let at = await readUntil(source, "failed", 1000);
  for (; notices.length < 4; at += 1000) {
    const result = await source.read(request(at));
    equal(result.state, "failed");
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  // 1, 2 and 4 s of the recorder's time, and the time to notice.
  ok(at >= 8000 && at < 25_000, `${at}`);
  await path.addMactop("2.1.5", "serve", "mactop-2.1.5.metrics.txt");
  await readUntil(source, "ok", at);
  await source.close();
});

/** Kills the fake that a test started, found by its folder in the arguments it was given. */
async function killChild(path: FakePath): Promise<void> {
  const pids = await Deno.readTextFile(`${path.folder}/pids`);
  Deno.kill(Number(pids.trim().split("\n").at(-1)), "SIGKILL");
}

Deno.test("a stream that ends fails, and its program is started again", async () => {
  await using path = await FakePath.create();
  const line = fixture("mactop-0.2.7.headless.ndjson").split("\n")[0];
  await path.add(
    "mactop",
    `[ "$1" = --version ] && echo v0.2.7 && exit
     echo '${line}'; sleep 0.3`,
  );
  const { source, notices } = setUp(path);
  await open(source);
  equal((await source.read(request(0))).state, "ok");
  const failedAt = await readUntil(source, "failed", 1000);
  const okAt = await readUntil(source, "ok", failedAt);
  ok(okAt - failedAt <= 60_000);
  ok(notices.includes("starting mactop 0.2.7 again"));
  await source.close();
});

Deno.test("where the user's own mactop goes away, mtr starts one in its place", async () => {
  await using path = await FakePath.create();
  await path.addMactop("2.1.5", "serve", "mactop-2.1.5.metrics.txt");
  const { source, port, notices } = setUp(path);
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen() {} },
    () => new Response(fixture("mactop-2.1.5.metrics.txt")),
  );
  await open(source);
  equal((await source.read(request(0))).state, "ok");
  await server.shutdown();
  const at = await readUntil(source, "failed", 1000);
  equal(notices.length, 0);
  await readUntil(source, "ok", at);
  equal(notices.length, 1);
  equal(source.describe(), "mactop 2.1.5");
  await source.close();
  equal(await answers(port), false);
});
