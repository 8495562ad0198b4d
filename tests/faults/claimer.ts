/** A process that takes places in a data folder as hosts of its own, as fast as it can: driver of a race. */
import { localDisk } from "../../src/platform/mod.ts";
import { claimHost, DataFolder } from "../../src/journal/mod.ts";

const [path = "", name = "", count = "0", startMs = "0"] = Deno.args;
const folder = new DataFolder(path, localDisk);
folder.create();
await new Promise((resolve) => setTimeout(resolve, Math.max(0, Number(startMs) - Date.now())));
for (let i = 0; i < Number(count); i++) {
  // All processes claim for machines of the same name, which are told apart by their ids.
  const host = await claimHost(folder, { name: "box", id: `${name}-${i}`, givenName: undefined });
  Deno.stdout.writeSync(new TextEncoder().encode(host.id + "\n"));
}
