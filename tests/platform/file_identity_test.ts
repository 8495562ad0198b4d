import { equal, notEqual } from "node:assert/strict";
import { join } from "node:path";
import { localDisk } from "../../src/platform/mod.ts";
import { identityOf, quickIdentity } from "../../src/platform/file_identity.ts";

const scratch = () => Deno.makeTempDirSync({ prefix: "mtr-test-" });

Deno.test("a path's identity is what the system says of it, asked the quick way or not", () => {
  const folder = scratch();
  const long = join(folder, ...Array(8).fill("x".repeat(200)));
  Deno.mkdirSync(long, { recursive: true });
  const paths = [folder, join(folder, "plain"), join(folder, "naïve 🙂 name"), join(long, "deep")];
  for (const path of paths.slice(1)) Deno.writeTextFileSync(path, "");
  Deno.symlinkSync(paths[1] ?? "", join(folder, "link"));
  // Devices whose numbers have more parts than a disk's.
  const others = ["/", "/tmp", "/dev/null", "/dev", "/proc/self/status"];
  for (const path of [...paths, join(folder, "link"), ...others]) {
    if (Deno.build.os !== "linux" && path.startsWith("/proc")) continue;
    equal(localDisk.identity(path), identityOf(Deno.statSync(path)), path);
  }
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("on Linux the C library is asked, and not for what it cannot tell", () => {
  const folder = scratch();
  const expected = Deno.build.os === "linux" ? identityOf(Deno.statSync(folder)) : null;
  equal(quickIdentity(folder), expected);
  equal(quickIdentity(join(folder, "missing")), null);
  equal(quickIdentity(`${folder}\0rest`), null);
  equal(localDisk.identity(join(folder, "missing")), undefined);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("a file keeps its identity when it is renamed, and another in its place has another", () => {
  const folder = scratch();
  const [path, moved] = [join(folder, "a"), join(folder, "b")];
  Deno.writeTextFileSync(path, "");
  const first = localDisk.identity(path);
  Deno.renameSync(path, moved);
  equal(localDisk.identity(path), undefined);
  equal(localDisk.identity(moved), first);
  Deno.writeTextFileSync(path, "");
  notEqual(localDisk.identity(path), first);
  Deno.removeSync(folder, { recursive: true });
});
