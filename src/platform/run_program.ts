/** How a program that was run to its end did; null where there is no such program. */
export interface ProgramRun {
  readonly success: boolean;
  /** Its last words, on one line: of stderr, else of stdout. */
  readonly said: string;
}

/** Runs a program to its end, without input. */
export async function runProgram(argv: readonly string[]): Promise<ProgramRun | null> {
  const [program = "", ...args] = argv;
  try {
    const command = new Deno.Command(program, { args, stdin: "null" });
    const { success, stdout, stderr } = await command.output();
    return { success, said: lastLine(stderr) || lastLine(stdout) };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
}

function lastLine(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes).trim().split("\n").at(-1)?.trim() ?? "";
}
