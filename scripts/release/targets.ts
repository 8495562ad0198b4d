/** What a release is made for, in the words of file names. */
export const TARGETS = ["linux-x64", "linux-arm64", "macos-arm64", "macos-x64"] as const;
export type Target = (typeof TARGETS)[number];

/** The target that this machine is. */
export function hostTarget(): string {
  const system = Deno.build.os === "darwin" ? "macos" : Deno.build.os;
  return `${system}-${Deno.build.arch === "aarch64" ? "arm64" : "x64"}`;
}

/** `mtr-0.1.0-linux-x64.tar.gz` */
export function archiveName(version: string, target: string): string {
  return `mtr-${version}-${target}.tar.gz`;
}

export function isTarget(text: string): text is Target {
  return (TARGETS as readonly string[]).includes(text);
}
