import type { Answer, Compared, Count, Folded, Request, Stock } from "./worker.ts";

/** A worker process that is asked one thing after the other, and started again when it was killed. */
export class Hands {
  #child: Deno.ChildProcess | undefined;
  #lines: ReadableStreamDefaultReader<string> | undefined;
  #text = "";
  #asking: Promise<unknown> = Promise.resolve();

  constructor(readonly folder: string) {}

  /** Null when the worker was killed by the fault. */
  fold(faults: string, nowMs: number): Promise<Folded | null> {
    return this.#ask({ kind: "fold", faults, nowMs }) as Promise<Folded | null>;
  }
  async compare(host: string): Promise<Compared> {
    return await this.#ask({ kind: "compare", host }) as Compared;
  }
  async count(host: string): Promise<Count> {
    return await this.#ask({ kind: "count", host }) as Count;
  }
  async takeStock(): Promise<Stock> {
    return await this.#ask({ kind: "take_stock" }) as Stock;
  }

  /** Resolves when nothing that was asked before is still being done. */
  async idle(): Promise<void> {
    await this.#asking;
  }

  async end(): Promise<void> {
    await this.#asking;
    await this.#child?.stdin.close();
    await this.#child?.status;
  }

  #ask(request: Request): Promise<Answer | null> {
    const answer = this.#asking.then(() => this.#askNow(request));
    this.#asking = answer;
    return answer;
  }

  async #askNow(request: Request): Promise<Answer | null> {
    this.#child ??= this.#start();
    const writer = this.#child.stdin.getWriter();
    await writer.write(new TextEncoder().encode(JSON.stringify(request) + "\n"));
    writer.releaseLock();
    while (!this.#text.includes("\n")) {
      const said = await this.#lines?.read();
      if (!said || said.done) return await this.#bury();
      this.#text += said.value;
    }
    const [line = "", ...rest] = this.#text.split("\n");
    this.#text = rest.join("\n");
    return JSON.parse(line);
  }

  #start(): Deno.ChildProcess {
    const worker = new URL("./worker.ts", import.meta.url).pathname;
    const child = new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", "--no-prompt", "--no-check", "--quiet", worker, this.folder],
      stdin: "piped",
      stdout: "piped",
      stderr: "inherit",
    }).spawn();
    this.#lines = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    this.#text = "";
    return child;
  }

  /** @throws {Error} when it died of anything but the fault that was asked for */
  async #bury(): Promise<null> {
    const status = await this.#child?.status;
    this.#child = undefined;
    if (status?.signal !== "SIGKILL") throw new Error(`the worker ended with code ${status?.code}`);
    return null;
  }
}
