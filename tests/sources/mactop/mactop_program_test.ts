import { deepEqual, equal } from "node:assert/strict";
import {
  launchPlan,
  parseMactopVersion,
  versionToString,
} from "../../../src/sources/mactop/mactop_program.ts";

const VERSIONS: readonly [string, string | undefined][] = [
  ["mactop version: v2.1.3\n", "2.1.3"],
  ["Version de mactop : v0.2.4", "0.2.4"],
  ["mactop 10.20.30", "10.20.30"],
  ["flag provided but not defined: -version", undefined],
  ["", undefined],
];
for (const [text, version] of VERSIONS) {
  Deno.test(`the version in ${JSON.stringify(text)} is ${version}`, () => {
    const parsed = parseMactopVersion(text);
    equal(parsed ? versionToString(parsed) : undefined, version);
  });
}

const headless = "--headless --interval 1000";
const PLANS: readonly [string, string, string][] = [
  ["v0.2.3", "sudo_endpoint", "-p 8888 -i 1000"],
  ["v0.2.4", "sudo_endpoint", "-p 8888 -i 1000"],
  ["v0.2.5", "stream", headless],
  ["v2.0.0", "stream", headless],
  ["v2.1.2", "stream", headless],
  ["v2.1.3", "stream", `${headless} --lang en`],
  ["v2.1.4", "endpoint", "--headless --prometheus 8888 --interval 1000 --lang en"],
  ["v2.2.0", "endpoint", "--headless --prometheus 8888 --interval 1000 --lang en"],
  ["v3.0.0", "endpoint", "--headless --prometheus 8888 --interval 1000 --lang en"],
  ["?", "endpoint", "--headless --prometheus 8888 --interval 1000 --lang en"],
];
for (const [version, mode, args] of PLANS) {
  Deno.test(`mactop ${version} is started as: ${args}`, () => {
    const plan = launchPlan(parseMactopVersion(version), { port: 8888, intervalMs: 1000 });
    deepEqual([plan.mode, plan.args.join(" ")], [mode, args]);
  });
}

Deno.test("intervals are kept between what mactop can do and what a start can wait for", () => {
  const intervals = [10, 100, 250.4, 10_000, 3_600_000].map((intervalMs) =>
    launchPlan(parseMactopVersion("v0.2.4"), { port: 1, intervalMs }).args[3]
  );
  deepEqual(intervals, ["100", "100", "250", "10000", "10000"]);
});
