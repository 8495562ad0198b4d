import { equal, throws } from "node:assert/strict";
import { dataDir, parseDuration } from "../../src/config/mod.ts";
import { UsageError } from "../../src/model/mod.ts";

Deno.test("durations are written with their unit, and may have several parts", () => {
  const cases: [string, number][] = [
    ["100ms", 100],
    ["1s", 1000],
    ["1.5s", 1500],
    ["10m", 600_000],
    ["10min", 600_000],
    ["1h30m", 5_400_000],
    ["1 h 30 m", 5_400_000],
    [" 2d ", 172_800_000],
    ["1w", 604_800_000],
    ["2y", 730 * 86_400_000],
    ["0s", 0],
  ];
  for (const [text, ms] of cases) equal(parseDuration(text, "--x"), ms, text);
});

Deno.test("what has no unit, or is none, is refused by the option's name", () => {
  for (const text of ["", "5", "1e3ms", "-1s", "s", "1s2", "ten minutes", "1mo", "1,5s"]) {
    throws(
      () => parseDuration(text, "--interval"),
      (error) =>
        error instanceof UsageError && error.message === `--interval ${text}: not a duration`,
      text,
    );
  }
});

Deno.test("the data folder is the first that is set: option, MTR_DATA_DIR, XDG_DATA_HOME, home", () => {
  const home = { HOME: "/home/me" };
  const folder = (flag: string | undefined, env: Readonly<Record<string, string>>) =>
    dataDir(flag, (name) => env[name]);
  const all = { ...home, MTR_DATA_DIR: "/data/mtr", XDG_DATA_HOME: "/xdg" };
  equal(folder("/flag", all), "/flag");
  equal(folder(undefined, all), "/data/mtr");
  equal(folder(undefined, { ...home, XDG_DATA_HOME: "/xdg", MTR_DATA_DIR: "" }), "/xdg/mtr");
  equal(folder(undefined, home), "/home/me/.local/share/mtr");
});
