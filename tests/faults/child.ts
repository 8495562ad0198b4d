/** Processes that tests start and kill. */

export interface Ended {
  readonly killed: boolean;
  readonly code: number;
  /** The lines it said, whole ones only. */
  readonly lines: readonly string[];
  readonly errors: string;
}

export interface Child {
  readonly ended: Promise<Ended>;
  kill(): void;
}

/** Starts tests/faults/<script> with Deno. */
export function startChild(
  script: string,
  args: readonly string[],
  env: Record<string, string> = {},
): Child {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--no-prompt",
      "--no-check",
      "--quiet",
      new URL(script, import.meta.url).pathname,
      ...args,
    ],
    env,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  return { ended: outcome(child), kill: () => child.kill("SIGKILL") };
}

async function outcome(child: Deno.ChildProcess): Promise<Ended> {
  const { signal, code, stdout, stderr } = await child.output();
  const text = new TextDecoder().decode(stdout);
  return {
    killed: signal === "SIGKILL",
    code,
    lines: text.split("\n").slice(0, -1),
    errors: new TextDecoder().decode(stderr),
  };
}

export async function runDriver(
  folder: string,
  steps: string,
  env: Record<string, string> = {},
): Promise<Ended> {
  return await startChild("./driver.ts", [folder, "box", ...steps.split(" ")], env).ended;
}
