import { join, resolve } from "node:path";

/** Where recordings are: `--data-dir`, $MTR_DATA_DIR, $XDG_DATA_HOME/mtr, ~/.local/share/mtr; the first that is set. */
export function dataDir(
  flag: string | undefined,
  env: (name: string) => string | undefined,
): string {
  const named = flag ?? env("MTR_DATA_DIR");
  if (named) return resolve(named);
  const shared = env("XDG_DATA_HOME") || join(env("HOME") ?? ".", ".local", "share");
  return join(shared, "mtr");
}
