import type { DataFolder } from "../journal/mod.ts";
import { messageOf } from "../model/mod.ts";
import { selfCommand } from "../platform/mod.ts";

/**
 * Runs `mtr fold` as a short-lived child, so that the recorder itself never loads DuckDB. Never throws: the rows stay
 * in the journal, and the next fold takes them.
 */
export async function foldInChild(
  folder: DataFolder,
  onProblem: (problem: string) => void,
): Promise<void> {
  try {
    const { program, args } = selfCommand(["fold", "--data-dir", folder.path, "--quiet"]);
    const child = new Deno.Command(program, {
      args,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    });
    const { success, stderr } = await child.output();
    const said = new TextDecoder().decode(stderr).trim();
    if (!success || said) onProblem(said || "the fold was ended by a signal");
  } catch (error) {
    onProblem(messageOf(error));
  }
}
