import { join, resolve } from "node:path";

type Environment = (name: string) => string | undefined;

/** Where the settings file is, and whether it was named: a named file has to be there, the ordinary one need not. */
export interface ConfigFile {
  readonly path: string;
  readonly isNamed: boolean;
}

/** $MTR_CONFIG, $XDG_CONFIG_HOME/mtr/config.toml, ~/.config/mtr/config.toml; the first that is set. */
export function configFile(env: Environment): ConfigFile {
  const named = env("MTR_CONFIG");
  if (named) return { path: resolve(named), isNamed: true };
  return { path: join(configHome(env), "mtr", "config.toml"), isNamed: false };
}

/** The folder of everybody's settings: $XDG_CONFIG_HOME, else ~/.config. */
export function configHome(env: Environment): string {
  return env("XDG_CONFIG_HOME") || join(env("HOME") ?? ".", ".config");
}

/** The folder of logs: $XDG_STATE_HOME/mtr, else ~/.local/state/mtr. */
export function stateDir(env: Environment): string {
  return join(env("XDG_STATE_HOME") || join(env("HOME") ?? ".", ".local", "state"), "mtr");
}
