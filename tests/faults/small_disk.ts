/** A small file system of its own, where this process may mount one. */

export class SmallDisk implements Disposable {
  private constructor(readonly path: string) {}

  /** Null where mounting is not possible: no root, no Linux, a container. */
  static mount(bytes: number): SmallDisk | null {
    if (Deno.build.os !== "linux") return null;
    const path = Deno.makeTempDirSync({ prefix: "mtr-test-disk-" });
    if (run("mount", "-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path)) {
      return new SmallDisk(path);
    }
    Deno.removeSync(path);
    return null;
  }

  /** Takes all the room there is, but for some bytes. */
  fill(leaveBytes: number): void {
    using file = Deno.openSync(`${this.path}/filler`, { create: true, append: true });
    const block = new Uint8Array(4096);
    try {
      while (true) file.writeSync(block);
    } catch {
      // Full.
    }
    file.truncateSync(Math.max(0, file.statSync().size - leaveBytes));
  }

  makeRoom(): void {
    Deno.removeSync(`${this.path}/filler`);
  }

  setReadOnly(isReadOnly: boolean): void {
    run("mount", "-o", `remount,${isReadOnly ? "ro" : "rw"}`, this.path);
  }

  [Symbol.dispose](): void {
    // Lazily: a test that failed may have left files open.
    run("umount", "-l", this.path);
    Deno.removeSync(this.path);
  }
}

function run(program: string, ...args: string[]): boolean {
  try {
    return new Deno.Command(program, { args, stderr: "null" }).outputSync().success;
  } catch {
    return false;
  }
}

/** Why tests that mount are left out here; false where they can run. */
export const cannotMount: boolean = (() => {
  using disk = SmallDisk.mount(65_536);
  return disk === null;
})();
