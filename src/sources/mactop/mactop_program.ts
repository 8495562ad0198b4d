/** The installed mactop: where it is, which version, and how that version is made to serve. */
import { findProgram } from "../../platform/mod.ts";

export interface MactopVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

export interface MactopProgram {
  readonly path: string;
  /** null when `mactop --version` says nothing of use. */
  readonly version: MactopVersion | null;
}

const VERSION_TIMEOUT_MS = 5000;

/** Finds mactop on the search path and asks it for its version; undefined when it is not installed. */
export async function findMactop(searchPath?: string): Promise<MactopProgram | undefined> {
  const path = await findProgram("mactop", searchPath);
  if (path === undefined) return undefined;
  return { path, version: parseMactopVersion(await versionText(path)) };
}

async function versionText(path: string): Promise<string> {
  try {
    const { stdout } = await new Deno.Command(path, {
      args: ["--version"],
      env: { MACTOP_LANG: "en" },
      stdin: "null",
      stderr: "null",
      signal: AbortSignal.timeout(VERSION_TIMEOUT_MS),
    }).output();
    return new TextDecoder().decode(stdout);
  } catch {
    // What cannot say its version may still be startable; it is then taken for a new one.
    return "";
  }
}

/** The vX.Y.Z in a text that is otherwise in the user's language. */
export function parseMactopVersion(text: string): MactopVersion | null {
  const match = /\bv?(\d+)\.(\d+)\.(\d+)/.exec(text);
  if (!match) return null;
  return { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) };
}

export function versionToString({ major, minor, patch }: MactopVersion): string {
  return `${major}.${minor}.${patch}`;
}

/** How to run it and where its data comes out. */
export interface LaunchPlan {
  /** `endpoint`: serves /metrics. `stream`: prints JSON. `sudo_endpoint`: serves /metrics, but only as root. */
  readonly mode: "endpoint" | "stream" | "sudo_endpoint";
  readonly args: readonly string[];
}

const MIN_INTERVAL_MS = 100;
/** mactop shows the mean over its interval; longer ones would leave a start without data for as long. */
const MAX_INTERVAL_MS = 10_000;

/**
 * The command line for a version (facts: mactop's source). Below 2.1.4 a headless mactop serves no metrics, and its TUI
 * needs a terminal, so its JSON is read; 0.2.4 and older have no headless mode and need root.
 */
export function launchPlan(
  version: MactopVersion | null,
  { port, intervalMs }: { readonly port: number; readonly intervalMs: number },
): LaunchPlan {
  const clamped = Math.min(Math.max(Math.round(intervalMs), MIN_INTERVAL_MS), MAX_INTERVAL_MS);
  const interval = String(clamped);
  // Thermal states and other words are printed in the user's language from 2.1.3 on.
  const english = ["--lang", "en"];
  if (!version || isAtLeast(version, 2, 1, 4)) {
    const args = ["--headless", "--prometheus", String(port), "--interval", interval, ...english];
    return { mode: "endpoint", args };
  }
  if (isAtLeast(version, 0, 2, 5)) {
    const args = ["--headless", "--interval", interval];
    return { mode: "stream", args: isAtLeast(version, 2, 1, 3) ? [...args, ...english] : args };
  }
  return { mode: "sudo_endpoint", args: ["-p", String(port), "-i", interval] };
}

function isAtLeast(version: MactopVersion, major: number, minor: number, patch: number): boolean {
  if (version.major !== major) return version.major > major;
  if (version.minor !== minor) return version.minor > minor;
  return version.patch >= patch;
}
