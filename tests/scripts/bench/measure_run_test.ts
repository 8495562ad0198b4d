import { equal, ok, rejects } from "node:assert/strict";
import { interleave } from "../../../scripts/bench/interleave.ts";
import { answerOf, measureRun } from "../../../scripts/bench/measure_run.ts";
import { kibibytes, processFigures } from "../../../scripts/bench/process_figures.ts";

const shell = (name: string, script: string) => ({ name, program: "sh", args: ["-c", script] });

Deno.test("measureRun times a program, and tells its own memory, not that of who started it", async () => {
  const run = await measureRun(shell("sleep", "sleep 0.2"));
  ok(run.wallS >= 0.2 && run.wallS < 5, String(run.wallS));
  if (Deno.build.os !== "linux") return;
  ok((run.peakRssBytes ?? Infinity) < 20e6, String(run.peakRssBytes));
  ok((run.cpuS ?? Infinity) < 0.2, String(run.cpuS));
});

Deno.test("a program that fails is an error with the last thing it said", async () => {
  const failing = shell("broken", "echo first >&2; echo 'no such file' >&2; exit 3");
  await rejects(measureRun(failing), { message: "broken failed: no such file" });
  await rejects(answerOf(failing), { message: "broken failed: no such file" });
});

Deno.test("interleave runs all contenders in each round, the first not counted, and drops one that fails", async () => {
  const folder = Deno.makeTempDirSync();
  const log = `${folder}/log`;
  const contenders = [
    shell("a", `echo a >> ${log}`),
    shell("b", `echo b >> ${log}; exit 1`),
    shell("c", `echo c >> ${log}`),
  ];
  const [a, b] = await interleave(contenders, 2, () => {});
  equal(Deno.readTextFileSync(log).replaceAll("\n", ""), "abcacac");
  equal(b?.failed, "b failed: ");
  ok(a !== undefined && a.failed === undefined && a.wallS > 0);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("processFigures of a running process are those of /proc; of one that is gone there are none", () => {
  equal(kibibytes("VmHWM:\t   2048 kB\nVmRSS:\t 1024 kB", "VmRSS"), 1024 * 1024);
  equal(kibibytes("nothing", "VmRSS"), Number.NaN);
  equal(processFigures(2 ** 30), null);
  if (Deno.build.os !== "linux") return;
  const figures = processFigures(Deno.pid);
  ok(figures !== null && figures.cpuS > 0 && figures.privateBytes > 0);
  ok(figures.privateBytes <= figures.rssBytes && figures.rssBytes <= figures.peakRssBytes * 1.01);
});
