import { deepEqual } from "node:assert/strict";
import { foreignText } from "../../scripts/foreign_text.ts";

Deno.test("foreignText names what ties a file to one machine, with its line", () => {
  const cases: readonly (readonly [text: string, found: readonly string[]])[] = [
    ['const a = 1;\nconst path = "/work/main/x";', [
      "a.ts:2: /work/main is a path of somebody's machine",
    ]],
    ["https://registry.example.org/x.tgz", [
      "a.ts:1: ://registry.example.org is the host of a package registry",
    ]],
    ["curl https://me:secret@example.org", ["a.ts:1: ://me:secret@ is a name and password"]],
    ["~/work/notes, ./root/x and https://example.org/work/x are nobody's machine", []],
    ["http://jo:secret@127.0.0.1:80/ and mactop.headless-registry.metrics.txt", []],
    ["http://localhost:8888/metrics and http://[::1]:8888/a@b", []],
  ];
  for (const [text, found] of cases) deepEqual(foreignText("a.ts", text), found);
});
