/** The compiled binary, as another user on another machine would run it: own home, own folder, a bare environment. */
import { join } from "node:path";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const BINARY = join(DIST, "mtr");
const SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin";
const NOBODY = 65_534;
const PATIENCE_MS = 15_000;
const POLL_MS = 20;

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** Added to the environment; an empty value removes a variable. */
  readonly env?: Readonly<Record<string, string>>;
  /** What the program reads from standard input; nothing by default. */
  readonly stdin?: string;
  /** Run as nobody where the tests run as root, to whom every folder is writable. */
  readonly unprivileged?: boolean;
}

/** A recording that runs. Dispose it to be sure that it does not outlive the test. */
export interface Recording extends AsyncDisposable {
  readonly pid: number;
  /** Sends a signal and waits for the end. */
  end(signal: Deno.Signal): Promise<Run>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<Run>;
}

/** A user with a home of its own; dispose it to remove all that it left. */
export interface Mtr extends AsyncDisposable {
  /** The working folder, empty at first. */
  readonly folder: string;
  readonly home: string;
  /** Runs to the end. */
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** The one row that a query of the ordinary data folder answers; fails when it says anything besides. */
  query(sql: string): Promise<Record<string, unknown>>;
  /** Makes demo data, a row a minute, in the ordinary data folder or another; fails when it can't. */
  demo(options?: { readonly days?: number; readonly folder?: string }): Promise<void>;
  /** Runs a bash script with `mtr` on the PATH, to the end. */
  shell(script: string, options?: RunOptions): Promise<Run>;
  /** Starts `mtr record` into the ordinary data folder, and goes on when the first rows are in the journal. */
  record(args: readonly string[], options?: RecordingOptions): Promise<Recording>;
  /** Where recordings are unless told otherwise. */
  readonly dataDir: string;
  /** Starts it and goes on; whoever calls waits for it or kills it. */
  spawn(args: readonly string[], options?: RunOptions): Deno.ChildProcess;
}

export interface RecordingOptions extends RunOptions {
  /** A program that starts mtr in its own place, such as nohup. */
  readonly under?: string;
}

/**
 * A new user of dist/mtr.
 * @throws {Error} the binary has not been compiled
 */
export function newUser(): Mtr {
  assertCompiled();
  const home = Deno.makeTempDirSync({ prefix: "mtr-e2e-" });
  // For runs as nobody.
  Deno.chmodSync(home, 0o755);
  const folder = join(home, "some folder");
  Deno.mkdirSync(folder);
  const dataDir = join(home, ".local", "share", "mtr");
  const start = (program: string, args: readonly string[], options: RunOptions) =>
    new Deno.Command(program, {
      args: [...args],
      cwd: folder,
      clearEnv: true,
      env: environment(home, options.env ?? {}),
      stdin: options.stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
      ...(options.unprivileged && Deno.uid() === 0 ? { uid: NOBODY, gid: NOBODY } : {}),
    }).spawn();
  return {
    home,
    folder,
    dataDir,
    run: (args, options = {}) => runToEnd(start(BINARY, args, options), options.stdin),
    async query(sql) {
      const child = start(BINARY, ["query", sql, "--format", "jsonlines"], {});
      const { code, stdout, stderr } = await runToEnd(child, undefined);
      if (code !== 0 || stderr !== "") throw new Error(`mtr query ended with ${code}: ${stderr}`);
      return JSON.parse(stdout);
    },
    async demo({ days = 1, folder = dataDir } = {}) {
      const args = ["--days", `${days}`, "--interval", "1m", "--data-dir", folder];
      const { code, stderr } = await runToEnd(start(BINARY, ["demo", ...args], {}), undefined);
      if (code !== 0) throw new Error(`mtr demo ended with ${code}: ${stderr}`);
    },
    shell: (script, options = {}) =>
      runToEnd(start("bash", ["-c", script], options), options.stdin),
    spawn: (args, options = {}) => start(BINARY, args, options),
    async record(args, { under, ...options } = {}) {
      const command = [...(under ? [under] : []), BINARY, "record", ...args];
      const [program = BINARY, ...rest] = command;
      return await recordingOf(start(program, rest, options), dataDir);
    },
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
}

async function recordingOf(child: Deno.ChildProcess, dataDir: string): Promise<Recording> {
  let running = true;
  const ended = runToEnd(child, undefined).finally(() => running = false);
  const end = async (signal: Deno.Signal) => {
    if (running) child.kill(signal);
    return await ended;
  };
  const before = journalRows(dataDir, "samples");
  await until(
    "the first rows are in the journal",
    () => !running || journalRows(dataDir, "samples") >= before + 3,
  );
  return {
    pid: child.pid,
    ended,
    end,
    [Symbol.asyncDispose]: async () => void await end("SIGKILL"),
  };
}

/** Waits until something is so; fails after 15 s. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + PATIENCE_MS;
  while (!await isSo()) {
    if (performance.now() > giveUpAt) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Whole rows of a dataset in the journal of a data folder: lines that are ended, without the headers. */
export function journalRows(dataDir: string, dataset: string): number {
  return segments(dataDir).filter(({ lines: [header = "{}"] }) =>
    JSON.parse(header).dataset === dataset
  ).reduce((sum, { lines }) => sum + lines.length - 1, 0);
}

/** The segments in the journal of a data folder, with their ended lines. */
export function segments(dataDir: string): readonly { name: string; lines: readonly string[] }[] {
  const journal = join(dataDir, "journal");
  return namesIn(journal).filter((name) => name.endsWith(".ndjson")).map((name) => ({
    name,
    lines: Deno.readTextFileSync(join(journal, name)).split("\n").slice(0, -1),
  }));
}

function namesIn(folder: string): readonly string[] {
  try {
    return [...Deno.readDirSync(folder)].map(({ name }) => name);
  } catch {
    return [];
  }
}

/** A web server on this machine that always answers with a captured page of a fixture. */
export interface ServedPage extends AsyncDisposable {
  readonly url: string;
}

/**
 * @param fixture path below tests/fixtures/
 * @param port to come back on; one that is free by default
 */
export function serveFixture(fixture: string, port = 0): ServedPage {
  const page = Deno.readTextFileSync(new URL(`../fixtures/${fixture}`, import.meta.url));
  const server = Deno.serve(
    { hostname: "127.0.0.1", port, onListen() {} },
    () => new Response(page, { headers: { "content-type": "text/plain; version=0.0.4" } }),
  );
  return {
    url: `http://127.0.0.1:${server.addr.port}/metrics`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

/** Whether a program is on the PATH that users of these tests have. */
export function hasProgram(name: string): boolean {
  const { success } = new Deno.Command("bash", {
    args: ["-c", `command -v ${name}`],
    clearEnv: true,
    env: { PATH: SYSTEM_PATH },
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success;
}

function assertCompiled(): void {
  try {
    Deno.statSync(BINARY);
  } catch {
    throw new Error("there is no dist/mtr to test: run `deno task compile` first");
  }
}

function environment(
  home: string,
  changes: Readonly<Record<string, string>>,
): Record<string, string> {
  const all = {
    HOME: home,
    // Shared by all tests, because each new one costs the unpacking of 70 MB.
    XDG_CACHE_HOME: join(DIST, "e2e-cache"),
    PATH: `${DIST}:${SYSTEM_PATH}`,
    LANG: "C.UTF-8",
    TZ: "UTC",
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

async function runToEnd(child: Deno.ChildProcess, stdin: string | undefined): Promise<Run> {
  if (stdin !== undefined) await feed(child.stdin, stdin);
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

async function feed(stdin: WritableStream<Uint8Array>, text: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(text));
    await writer.close();
  } catch (error) {
    // A program may end without reading what it is given.
    if (!(error instanceof Deno.errors.BrokenPipe)) throw error;
  }
}
