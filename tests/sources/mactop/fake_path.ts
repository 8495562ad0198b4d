/** A folder with fake programs, to be used as $PATH. */
export class FakePath implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  static async create(): Promise<FakePath> {
    return new FakePath(await Deno.makeTempDir({ prefix: "mtr-fake-path-" }));
  }

  /** Adds a shell script. */
  async add(name: string, script: string): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/${name}`, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }

  /** Adds a mactop of a version that runs `fake_mactop.ts` and notes down its arguments. */
  async addMactop(version: string, mode: "serve" | "print", fixture: string): Promise<void> {
    const program = new URL("fake_mactop.ts", import.meta.url).pathname;
    const data = new URL(`../../fixtures/mactop/${fixture}`, import.meta.url).pathname;
    await this.add(
      "mactop",
      `if [ "$1" = --version ]; then echo "mactop version: v${version}"; exit 0; fi
echo "$@" >> "${this.folder}/arguments"
echo $$ >> "${this.folder}/pids"
exec "${Deno.execPath()}" run -A --no-lock "${program}" ${mode} "${data}" "$@"`,
    );
  }

  /** The arguments of each start of mactop. */
  async starts(): Promise<string[]> {
    const text = await Deno.readTextFile(`${this.folder}/arguments`).catch(() => "");
    return text.trimEnd().split("\n");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** A port on which nobody listens. */
export function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
