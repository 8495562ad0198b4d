import { deepEqual, equal, ok } from "node:assert/strict";
import { FakeMachine, readingOf, sourceOn } from "./fake_machine.ts";

const MIB = 1024 * 1024;

/** Puts a program called nvidia-smi into the machine's bin folder. */
function installNvidiaSmi(machine: FakeMachine, script: string): string {
  machine.write("bin/nvidia-smi", `#!/bin/sh\n${script}`);
  Deno.chmodSync(`${machine.root}/bin/nvidia-smi`, 0o755);
  return `/nonexistent::${machine.root}/bin`;
}

/** Polls, since the program answers when it likes. */
async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  const giveUpAt = performance.now() + 5000;
  while (!(await isTrue())) {
    ok(performance.now() < giveUpAt, "waited 5 s in vain");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const TWO_GPUS = `
echo "$$ $*" >> "$(dirname "$0")/started"
while :; do
  echo "0, 37, 1410, 56, 120.53, 1024, 24576"
  echo "1, 88, 1905, 71, [N/A], 2048, 24576"
  sleep 0.05
done
`;

Deno.test("one nvidia-smi that goes on: GPUs from its last lines, and it ends with the source", async () => {
  using machine = new FakeMachine("nvidia_workstation");
  const path = installNvidiaSmi(machine, TWO_GPUS);
  const { source, open, read } = sourceOn(machine, { path });
  await open();
  await until(async () => "gpu_pct" in readingOf(await read(1000)).values);
  const { values, labelled } = readingOf(await read(61_000, true));
  deepEqual([values.gpu_pct, values.gpu_mhz, values.gpu_celsius, values.gpu_watts], [
    88,
    1905,
    71,
    120.53,
  ]);
  equal(values.gpu_memory_used_bytes, 3072 * MIB);
  equal(values.gpu_memory_total_bytes, 49_152 * MIB);
  deepEqual([labelled["gpu_unit_pct nvidia0"], labelled["gpu_unit_pct nvidia1"]], [37, 88]);
  await source.close();

  const started = Deno.readTextFileSync(`${machine.root}/bin/started`).trim().split("\n");
  equal(started.length, 1, "one process, even after the look for new devices at 60 s");
  const [pid, ...args] = started[0]?.split(" ") ?? [];
  deepEqual(args, [
    "--query-gpu=index,utilization.gpu,clocks.gr,temperature.gpu,power.draw,memory.used,memory.total",
    "--format=csv,noheader,nounits",
    "--loop-ms=1000",
  ]);
  await until(() => !isRunning(Number(pid)));
});

Deno.test("an answer that is old stands no longer: the program hangs or died", async () => {
  using machine = new FakeMachine("nvidia_workstation");
  const path = installNvidiaSmi(machine, `echo "0, 37, 1410, 56, 120.53, 1024, 24576"; sleep 0.2`);
  let nowMs = 0;
  const { source, open, read } = sourceOn(machine, { path, clock: { monotonicMs: () => nowMs } });
  await open();
  await until(async () => "gpu_pct" in readingOf(await read(1000)).values);
  nowMs = 3000;
  equal(readingOf(await read(3000)).values.gpu_pct, 37);
  nowMs = 3001;
  equal(readingOf(await read(3001)).values.gpu_pct, undefined);
  await source.close();
});

Deno.test("an nvidia-smi without a driver is tried less and less often, and costs nothing else", async () => {
  using machine = new FakeMachine("nvidia_workstation");
  const log = `${machine.root}/bin/tries`;
  const path = installNvidiaSmi(
    machine,
    `echo try >> ${log}\necho "NVIDIA-SMI has failed"\nexit 9`,
  );
  let nowMs = 0;
  const { source, open, read } = sourceOn(machine, { path, clock: { monotonicMs: () => nowMs } });
  const tries = () => Deno.readTextFileSync(log).trim().split("\n").length;
  await open();
  await until(() => {
    try {
      return tries() === 1;
    } catch {
      return false;
    }
  });
  // The end of a program is seen a moment after it ended.
  await new Promise((resolve) => setTimeout(resolve, 100));
  for (nowMs = 60_000; nowMs <= 120_000; nowMs += 60_000) {
    equal(readingOf(await read(nowMs)).values.gpu_pct, undefined);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  equal(tries(), 2, "at 0 and 60 s; the next not before 180 s");
  await source.close();
});

Deno.test("a laptop's NVIDIA GPU that may power down is not asked, and a note says why", async () => {
  using machine = new FakeMachine("nvidia_workstation");
  for (const gpu of ["0000:01:00.0", "0000:02:00.0"]) {
    const status = "Runtime D3 status:          Enabled (fine-grained)\n";
    machine.write(`proc/driver/nvidia/gpus/${gpu}/power`, status);
  }
  const path = installNvidiaSmi(machine, TWO_GPUS);
  const { source, open, read } = sourceOn(machine, { path });
  await open();
  deepEqual(readingOf(await read(1000)).notes, [
    "the NVIDIA GPU is not asked: it may power down when idle (runtime D3), and nvidia-smi would keep it awake",
  ]);
  await source.close();
  equal([...Deno.readDirSync(`${machine.root}/bin`)].length, 1, "it was never started");
});

function isRunning(pid: number): boolean {
  try {
    Deno.kill(pid, "SIGCONT");
    return true;
  } catch {
    return false;
  }
}
