/** `--name value` pairs of a script's command line; a name that is not known is an error. */
export function readArguments<Name extends string>(
  args: readonly string[],
  names: readonly Name[],
): Partial<Record<Name, string>> {
  const found: Partial<Record<Name, string>> = {};
  for (let i = 0; i < args.length; i += 2) {
    const name = names.find((known) => `--${known}` === args[i]);
    const value = args[i + 1];
    if (!name || value === undefined) {
      throw new Error(
        `unknown or incomplete: ${args[i]} (known: ${names.map((n) => `--${n}`).join(" ")})`,
      );
    }
    found[name] = value;
  }
  return found;
}
