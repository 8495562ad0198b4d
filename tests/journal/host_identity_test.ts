import { deepEqual, equal, match, notEqual } from "node:assert/strict";
import {
  type FolderInfo,
  type Host,
  identifyHost,
  type Machine,
  slug,
} from "../../src/journal/mod.ts";

const machine = (name: string, id: string | null, givenName?: string): Machine => ({
  name,
  id,
  givenName,
});
const folderOf = (...hosts: Host[]): FolderInfo => ({ format: 1, created: "", hosts });

Deno.test("a machine that was renamed stays the host it was", async () => {
  const before = await identifyHost(folderOf(), machine("Anna's MacBook", "id-1"));
  equal(before.id, "anna-s-macbook");
  const after = await identifyHost(folderOf(before), machine("work-laptop", "id-1"));
  deepEqual(after, before);
});

Deno.test("two machines of one name are two hosts", async () => {
  const first = await identifyHost(folderOf(), machine("mac", "id-1"));
  const second = await identifyHost(folderOf(first), machine("mac", "id-2"));
  const third = await identifyHost(folderOf(first, second), machine("MAC", "id-3"));
  deepEqual([first.id, second.id, third.id], ["mac", "mac-2", "mac-3"]);
  deepEqual(await identifyHost(folderOf(third, second, first), machine("mac", "id-2")), second);
});

Deno.test("--host is a host of its own name, whichever machine records it", async () => {
  const own = await identifyHost(folderOf(), machine("mac", "id-1"));
  const nas = await identifyHost(folderOf(own), machine("mac", "id-1", "nas"));
  deepEqual([nas.id, nas.name, nas.machine], ["nas", "nas", null]);
  deepEqual(await identifyHost(folderOf(own, nas), machine("other", "id-2", "nas")), nas);
  const namesake = await identifyHost(folderOf(own, nas), machine("x", "id-9", "mac"));
  equal(namesake.id, "mac-2", "the name of a machine is not taken over by --host");
});

Deno.test("a machine without an id is known by its name", async () => {
  const first = await identifyHost(folderOf(), machine("container", null));
  equal(first.machine, null);
  deepEqual(await identifyHost(folderOf(first), machine("container", null)), first);
});

Deno.test("the machine's id itself is not written down", async () => {
  const { machine: fingerprint } = await identifyHost(folderOf(), machine("mac", "secret-id"));
  match(fingerprint ?? "", /^[0-9a-f]{12}$/);
  const other = await identifyHost(folderOf(), machine("mac", "secret-id2"));
  notEqual(fingerprint, other.machine);
});

Deno.test("a host's id fits into a path", () => {
  const cases: [string, string][] = [
    ["Box", "box"],
    ["my box (2)", "my-box-2"],
    ["../../etc", "etc"],
    ["日本語", "host"],
    ["", "host"],
    ["a".repeat(60), "a".repeat(40)],
    [`${"a".repeat(39)} and a tail that is cut`, "a".repeat(39)],
    [`  ${"b".repeat(50)}`, "b".repeat(40)],
  ];
  for (const [name, id] of cases) equal(slug(name), id);
});
