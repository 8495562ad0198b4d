/** The compiled binary, as another user on another machine would run it: own home, own folder, a bare environment. */
import { join } from "node:path";

const DIST = new URL("../../dist/", import.meta.url).pathname;
const BINARY = join(DIST, "mtr");

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
}

/** A user with a home of its own; dispose it to remove all that it left. */
export interface Mtr extends AsyncDisposable {
  /** The working folder, empty at first. */
  readonly folder: string;
  readonly home: string;
  /** Runs to the end. */
  run(args: readonly string[], options?: RunOptions): Promise<Run>;
  /** Starts it and goes on; whoever calls waits for it or kills it. */
  spawn(args: readonly string[], options?: RunOptions): Deno.ChildProcess;
}

/**
 * A new user of dist/mtr.
 * @throws {Error} the binary has not been compiled
 */
export function newUser(): Mtr {
  assertCompiled();
  const home = Deno.makeTempDirSync({ prefix: "mtr-e2e-" });
  const folder = join(home, "some folder");
  Deno.mkdirSync(folder);
  const command = (args: readonly string[], { env = {}, stdin }: RunOptions) =>
    new Deno.Command(BINARY, {
      args: [...args],
      cwd: folder,
      clearEnv: true,
      env: environment(home, env),
      stdin: stdin === undefined ? "null" : "piped",
      stdout: "piped",
      stderr: "piped",
    });
  return {
    home,
    folder,
    run: (args, options = {}) => runToEnd(command(args, options), options.stdin),
    spawn: (args, options = {}) => command(args, options).spawn(),
    [Symbol.asyncDispose]: () => Deno.remove(home, { recursive: true }),
  };
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
    PATH: "/usr/local/bin:/usr/bin:/bin",
    LANG: "C.UTF-8",
    TZ: "UTC",
    ...changes,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ""));
}

async function runToEnd(command: Deno.Command, stdin: string | undefined): Promise<Run> {
  const child = command.spawn();
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
