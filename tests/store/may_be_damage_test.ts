import { equal } from "node:assert/strict";
import { QueryError } from "../../src/model/mod.ts";
import { mayBeDamage } from "../../src/store/may_be_damage.ts";

Deno.test("only errors that a damaged file can cause have the files looked at", () => {
  const engine = (text: string) => new QueryError("failed", [], { cause: new Error(text) });
  const cases: [unknown, boolean][] = [
    [new Error("Invalid Input Error: No magic bytes found at end of file"), true],
    [engine("IO Error: Could not read enough bytes"), true],
    [engine('Binder Error: Referenced column "x" not found'), false],
    [engine("Out of Memory Error: failed to allocate"), false],
    [new QueryError("mtr query only reads: DROP is not allowed"), false],
    // As a time-out is told: the interrupt is two causes down.
    [new QueryError("stopped", [], { cause: engine("INTERRUPT Error: Interrupted!") }), false],
  ];
  for (const [error, expected] of cases) equal(mayBeDamage(error), expected, String(error));
});

Deno.test("a column that mtr's own question misses is a damaged file's, a time-out is not", () => {
  equal(mayBeDamage(new Error('Binder Error: Referenced column "date" not found'), true), true);
  equal(mayBeDamage(new Error("INTERRUPT Error: Interrupted!"), true), false);
  equal(mayBeDamage(new QueryError("nothing was recorded"), true), false);
});
