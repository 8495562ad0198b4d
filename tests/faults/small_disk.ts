/** A small file system of its own, where this process may mount one. */
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder } from "../../src/journal/mod.ts";

const MIB = 1024 * 1024;

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

/** A test with a data folder on a disk of 2 MiB, where one can be mounted. */
export function testOnSmallDisk(
  name: string,
  fn: (disk: SmallDisk, folder: DataFolder) => Promise<void>,
): void {
  const reason = cannotMount ? " (left out: a file system can't be mounted here)" : "";
  Deno.test({
    name: name + reason,
    ignore: cannotMount,
    async fn() {
      using disk = SmallDisk.mount(2 * MIB);
      if (!disk) throw new Error("mounted a moment ago, but not now");
      const folder = new DataFolder(`${disk.path}/mtr`, localDisk);
      folder.create();
      await fn(disk, folder);
    },
  });
}
