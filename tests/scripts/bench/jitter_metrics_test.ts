import { deepEqual, equal, ok } from "node:assert/strict";
import { jitterMetrics } from "../../../scripts/bench/jitter_metrics.ts";
import { randomNumbers } from "../../../scripts/bench/random_numbers.ts";

const TEXT = `# HELP mactop_x something 5
mactop_x{a="b c"} 50
mactop_memory_gb{type="total"} 48
mactop_flag 1
mactop_zero 0
`;

Deno.test("jitterMetrics moves measurements by up to a tenth and leaves facts alone", () => {
  const lines = jitterMetrics(TEXT, randomNumbers(1)).split("\n");
  const [comment, moved = "", ...facts] = TEXT.split("\n").map((_, i) => lines[i]);
  equal(comment, "# HELP mactop_x something 5");
  deepEqual(facts, ['mactop_memory_gb{type="total"} 48', "mactop_flag 1", "mactop_zero 0", ""]);
  const value = Number(moved.replace('mactop_x{a="b c"} ', ""));
  ok(value !== 50 && value >= 45 && value <= 55, moved);
});

Deno.test("randomNumbers are the same for a seed, in [0, 1), and spread", () => {
  const draw = (seed: number) => {
    const random = randomNumbers(seed);
    return Array.from({ length: 1000 }, random);
  };
  deepEqual(draw(3), draw(3));
  const numbers = draw(4);
  ok(numbers.every((number) => number >= 0 && number < 1));
  const mean = numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
  ok(Math.abs(mean - 0.5) < 0.05, String(mean));
});
