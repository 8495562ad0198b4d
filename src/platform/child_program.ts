/** A program that mtr starts, listens to, and stops. */

export interface ChildProgramOptions {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Takes each line of its output; without it the output is thrown away. */
  readonly onLine?: (line: string) => void;
  /** Gives it a standard input that ends when it is to stop (or when mtr dies), for one that may not be signalled. */
  readonly hasInput?: boolean;
}

const KILL_AFTER_MS = 3000;
/** For one that even SIGKILL does not reach, such as a program of root's. */
const GIVE_UP_AFTER_MS = 1000;
const MAX_LINE_CHARACTERS = 1024 * 1024;
const MAX_ERROR_CHARACTERS = 500;

export class ChildProgram {
  readonly #child: Deno.ChildProcess;
  readonly #readings: Promise<unknown>;
  /** Resolves when the program has ended, with how. */
  readonly ended: Promise<string>;
  #ending: string | undefined;
  #lastError = "";

  private constructor(child: Deno.ChildProcess, options: ChildProgramOptions) {
    this.#child = child;
    const onError = (line: string) => {
      if (line.trim() !== "") this.#lastError = line.trim().slice(0, MAX_ERROR_CHARACTERS);
    };
    const errors = readLines(child.stderr, onError);
    const output = options.onLine ? readLines(child.stdout, options.onLine) : undefined;
    this.#readings = Promise.all([errors.done, output?.done]);
    this.ended = child.status.then(async ({ code, signal }) => {
      // The last words may come after the end, but a grandchild that holds the pipe must not make us wait for them.
      const patience = after(100);
      await Promise.race([errors.done, patience]);
      patience.cancel();
      const how = signal ? `signal ${signal}` : `exit code ${code}`;
      this.#ending = this.#lastError ? `${how}: ${this.#lastError}` : how;
      await Promise.all([errors.cancel(), output?.cancel()]);
      return this.#ending;
    });
  }

  /**
   * Starts it.
   * @throws {Error} of the operating system, when the file cannot be run
   */
  static start(path: string, options: ChildProgramOptions): ChildProgram {
    const command = new Deno.Command(path, {
      args: [...options.args],
      env: { ...options.env },
      stdin: options.hasInput ? "piped" : "null",
      stdout: options.onLine ? "piped" : "null",
      stderr: "piped",
    });
    return new ChildProgram(command.spawn(), options);
  }

  get pid(): number {
    return this.#child.pid;
  }

  /** How it ended ("exit code 2: flag provided but not defined: -p"); undefined while it runs. */
  get ending(): string | undefined {
    return this.#ending;
  }

  /** Ends it: SIGTERM, after 3 s SIGKILL. Idempotent. */
  async stop(): Promise<void> {
    await this.#closeInput();
    this.#signal("SIGTERM");
    if (await this.#hasEndedWithin(KILL_AFTER_MS)) return;
    this.#signal("SIGKILL");
    if (!await this.#hasEndedWithin(GIVE_UP_AFTER_MS)) this.#child.unref();
  }

  async #closeInput(): Promise<void> {
    try {
      await this.#child.stdin.close();
    } catch {
      // It has none, or closed it.
    }
  }

  async #hasEndedWithin(ms: number): Promise<boolean> {
    const timeout = after(ms);
    const ended = await Promise.race([this.ended.then(() => true), timeout.then(() => false)]);
    timeout.cancel();
    if (ended) await this.#readings;
    return ended;
  }

  #signal(signal: Deno.Signal): void {
    try {
      this.#child.kill(signal);
    } catch {
      // It has ended already, or belongs to root.
    }
  }
}

/** Reads a pipe to its end, line by line, never gathering more than one line of bounded length. */
function readLines(pipe: ReadableStream<Uint8Array>, onLine: (line: string) => void) {
  const reader = pipe.getReader();
  const run = async () => {
    const decoder = new TextDecoder();
    let rest = "";
    let isTooLong = false;
    try {
      for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
        const lines = (rest + decoder.decode(chunk.value, { stream: true })).split("\n");
        rest = lines.pop() ?? "";
        for (const line of lines) {
          if (!isTooLong) onLine(line);
          isTooLong = false;
        }
        if (rest.length > MAX_LINE_CHARACTERS) {
          rest = "";
          isTooLong = true;
        }
      }
    } catch {
      // The pipe broke with the program.
    }
  };
  return { done: run(), cancel: () => reader.cancel().catch(() => {}) };
}

/** A promise that resolves after a time, with a way to forget it. */
function after(ms: number): Promise<void> & { cancel(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  return Object.assign(promise, {
    cancel() {
      clearTimeout(timer);
      resolve();
    },
  });
}
