/** Which machine this is, and which run of it. */

/** The machine's name for people, without the domain. */
export function hostName(): string {
  return Deno.hostname().replace(/\..*$/, "") || "localhost";
}

/** Changes with every start of the machine; null where the system does not tell. */
export function bootId(): string | null {
  if (Deno.build.os === "darwin") return run("sysctl", ["-n", "kern.bootsessionuuid"]);
  return readTrimmed("/proc/sys/kernel/random/boot_id");
}

/** Stays the same over renames and reinstalls of programs; null where the system does not tell. */
export function machineId(): string | null {
  if (Deno.build.os !== "darwin") return readTrimmed("/etc/machine-id");
  const registry = run("ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"]);
  return registry?.match(/"IOPlatformUUID" = "([^"]+)"/)?.[1] ?? null;
}

function readTrimmed(path: string): string | null {
  try {
    return Deno.readTextFileSync(path).trim() || null;
  } catch {
    return null;
  }
}

function run(program: string, args: string[]): string | null {
  try {
    const { success, stdout } = new Deno.Command(program, { args, stderr: "null" }).outputSync();
    return success ? new TextDecoder().decode(stdout).trim() || null : null;
  } catch {
    return null;
  }
}
