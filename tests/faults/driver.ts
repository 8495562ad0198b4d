/**
 * A process that a test can kill: does what its arguments say to a data folder, one after the other, and says on stdout
 * what is done.
 *
 *   driver.ts FOLDER HOST append:1-3 seal fold append:4-5 …
 */
import { localDisk } from "../../src/platform/mod.ts";
import { DataFolder } from "../../src/journal/mod.ts";
import { doSteps } from "./steps.ts";

const [path = "", host = "", ...steps] = Deno.args;
const encoder = new TextEncoder();
await doSteps(new DataFolder(path, localDisk), host, steps, (what) => {
  Deno.stdout.writeSync(encoder.encode(what + "\n"));
});
