/** Expected outputs as files under tests/golden/. `UPDATE_GOLDEN=1 deno task test` rewrites them: look at the diff before committing. */
import { equal } from "node:assert/strict";

const GOLDEN = new URL("../golden/", import.meta.url);

/** Compares a text with the golden file of that name, or makes it the golden one. */
export function matchesGolden(name: string, text: string): void {
  const file = new URL(name, GOLDEN);
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    Deno.writeTextFileSync(file, text);
    return;
  }
  equal(text, Deno.readTextFileSync(file), `differs from tests/golden/${name}`);
}
