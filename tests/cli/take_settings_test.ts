import { deepEqual, equal } from "node:assert/strict";
import type { Command } from "@commander-js/extra-typings";
import { createProgram } from "../../src/cli/mod.ts";
import { fakeIo } from "./fake_io.ts";

type Options = Readonly<Record<string, unknown>>;

/** The options with which a command would have run. */
async function optionsOf(
  toml: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Options> {
  const file = Deno.makeTempFileSync({ prefix: "mtr-test-", suffix: ".toml" });
  try {
    Deno.writeTextFileSync(file, toml);
    const program = createProgram(fakeIo({ HOME: "/home/me", MTR_CONFIG: file, ...variables }));
    let options: Options = {};
    for (const command of program.commands as unknown as readonly Command[]) {
      command.action(function (this: Command) {
        options = this.opts();
      } as never);
    }
    await program.parseAsync([...args], { from: "user" });
    return options;
  } finally {
    Deno.removeSync(file);
  }
}

const RECORD = `
data_dir = "/srv/metrics"
[record]
source = ["native"]
port = 9000
interval = "2s"
series_interval = "1m"
fsync = "1s"
[analyze]
metrics = ["gpu_pct", "cpu_pct"]
heat = "max"
`;

Deno.test("settings stand in for options that are not on the command line", async () => {
  const { source, port, interval, seriesInterval, fsync, dataDir, url } = await optionsOf(RECORD, [
    "record",
  ]);
  deepEqual({ source, port, interval, seriesInterval, fsync, dataDir, url }, {
    source: ["native"],
    port: 9000,
    interval: 2000,
    seriesInterval: 60_000,
    fsync: 1000,
    dataDir: "/srv/metrics",
    url: undefined,
  });
  const analyze = await optionsOf(RECORD, ["analyze"]);
  deepEqual([analyze.metrics, analyze.heat, analyze.dataDir], [
    "gpu_pct,cpu_pct",
    "max",
    "/srv/metrics",
  ]);
  equal((await optionsOf(RECORD, ["doctor"])).port, 9000);
  equal((await optionsOf(RECORD, ["status"])).dataDir, "/srv/metrics");
});

Deno.test("the command line wins over the environment, the environment over the file", async () => {
  const variables = { MTR_RECORD_INTERVAL: "3s", MTR_RECORD_PORT: "9001", MTR_DATA_DIR: "/other" };
  const record = await optionsOf(RECORD, ["record", "--interval", "4s"], variables);
  deepEqual([record.interval, record.port, record.fsync, record.dataDir], [
    4000,
    9001,
    1000,
    "/other",
  ]);
  // A default that is typed is typed.
  equal((await optionsOf(RECORD, ["analyze", "--heat", "mean"])).heat, "mean");
});

Deno.test("a source or an address on the command line hides both of the file", async () => {
  const url = await optionsOf(RECORD, ["record", "--url", "nas:9100"]);
  deepEqual([url.url, url.source], ["nas:9100", []]);
  const source = await optionsOf(`[record]\nurl = "nas:9100"`, ["record", "--source", "native"]);
  deepEqual([source.url, source.source], [undefined, ["native"]]);
});

Deno.test("the demo keeps beside the data folder of the settings", async () => {
  equal((await optionsOf(RECORD, ["demo"])).dataDir, "/srv/metrics-demo");
});

Deno.test("the fold of a recording does not look at the settings, which may be half edited", async () => {
  equal((await optionsOf("half =", ["fold", "--data-dir", "/data"])).dataDir, "/data");
});

Deno.test("what the settings say of display reaches the screen", async () => {
  const file = Deno.makeTempFileSync({ prefix: "mtr-test-", suffix: ".toml" });
  try {
    Deno.writeTextFileSync(file, `[display]\ncolor = "never"\nascii = true\n`);
    const preferred: unknown[] = [];
    const io = {
      ...fakeIo({ MTR_CONFIG: file }),
      prefer: (one: unknown) => void preferred.push(one),
    };
    const program = createProgram(io);
    program.commands.find((one) => one.name() === "metrics")?.action((() => {}) as never);
    await program.parseAsync(["metrics"], { from: "user" });
    deepEqual(preferred, [{ color: "never", ascii: true }]);
  } finally {
    Deno.removeSync(file);
  }
});
