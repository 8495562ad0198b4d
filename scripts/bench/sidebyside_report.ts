/**
 * mtr as a contender of ../shared/bench/sidebyside.py, whose JSON has other names than mtr's:
 *
 *   sidebyside.py DIR --extra 'mtr=deno run -A scripts/bench/sidebyside_report.ts dist/mtr analyze … --json'
 *
 * For comparing answers; for times call the binary itself, since this adds a start of Deno.
 */
// deno-lint-ignore-file no-console -- what a script prints is its product
import type { MtrAnswer } from "./compare_answers.ts";

const NAMES: Readonly<Record<string, string>> = {
  cpu: "cpu_pct",
  gpu: "gpu_pct",
  ram: "ram_pct",
  swap: "swap_pressure_pct",
};
const STATISTICS = ["count", "min", "max", "mean", "stddev", "p50", "p75", "p95"];

/** `{"stats": {"cpu": [count, min, max, mean, std, p50, p75, p95], …}}` of what `mtr analyze --json` gave. */
export function sidebysideReport({ metrics }: Pick<MtrAnswer, "metrics">): object {
  const stats = Object.entries(NAMES).map(([name, id]) => [
    name,
    STATISTICS.map((statistic) => metrics[id]?.[statistic] ?? null),
  ]);
  return { stats: Object.fromEntries(stats) };
}

if (import.meta.main) {
  const [program = "", ...args] = Deno.args;
  const { success, stdout } = await new Deno.Command(program, { args, stderr: "inherit" }).output();
  if (!success) Deno.exit(1);
  console.log(JSON.stringify(sidebysideReport(JSON.parse(new TextDecoder().decode(stdout)))));
}
