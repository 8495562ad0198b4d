/** How to start this very program again with other arguments: compiled, or from its source. */
export function selfCommand(args: readonly string[]): { program: string; args: string[] } {
  if (Deno.build.standalone) return { program: Deno.execPath(), args: [...args] };
  return {
    program: Deno.execPath(),
    args: [
      "run",
      "-A",
      "--no-prompt",
      "--quiet",
      new URL("../main.ts", import.meta.url).pathname,
      ...args,
    ],
  };
}
