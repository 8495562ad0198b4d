import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import { parse } from "smol-toml";
import {
  configFile,
  isAnythingSet,
  parseSize,
  SETTING_KEYS,
  settingsAtNeed,
  variableOf,
} from "../../src/config/mod.ts";
import { UsageError } from "../../src/model/mod.ts";

const { checkFile, commentedFile, llmApiKey, loadSettings, shortPath, writtenValue } =
  await settingsAtNeed();

type Variables = Readonly<Record<string, string>>;

/** Calls with a home of its own that has this settings file. */
function atHome<T>(
  toml: string | undefined,
  variables: Variables,
  call: (env: (name: string) => string | undefined, home: string) => T,
): T {
  const home = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    if (toml !== undefined) {
      Deno.mkdirSync(`${home}/.config/mtr`, { recursive: true });
      Deno.writeTextFileSync(`${home}/.config/mtr/config.toml`, toml);
    }
    return call((name) => ({ HOME: home, ...variables })[name], home);
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
}

const load = (toml?: string, variables: Variables = {}) => atHome(toml, variables, loadSettings);

/** The whole text of the error, hints included. */
function refusal(toml: string | undefined, variables: Variables = {}): string {
  let text = "nothing was refused";
  throws(() => load(toml, variables), (error) => {
    ok(error instanceof UsageError);
    text = [error.message, ...error.hints].join("\n");
    return true;
  });
  return text;
}

Deno.test("without a file and variables every setting has its default, and the result is frozen", () => {
  const { settings, origins } = load();
  equal(settings["record.interval"], 1000);
  equal(settings["record.series_interval"], 10_000);
  equal(settings["record.fsync"], 5000);
  equal(settings["record.port"], 8888);
  equal(settings["record.source"], null);
  equal(settings["analyze.heat"], "mean");
  equal(settings["display.ascii"], false);
  equal(settings["retention.max_size"], null);
  match(settings.data_dir, /\/\.local\/share\/mtr$/);
  deepEqual(new Set(Object.values(origins)), new Set(["default"]));
  ok(Object.isFrozen(settings));
});

Deno.test("a file changes what it names, in base units, and each value knows its line", () => {
  const { settings, origins } = load(`
data_dir = "~/my metrics"

[record]
source = ["native", "mactop", "native"]
interval = "1m30s"
[retention]
"max_size" = "1.5GB"
keep_rows = "400d"
[display]
ascii = true
`);
  match(settings.data_dir, /\/mtr-test-[^/]*\/my metrics$/);
  deepEqual(settings["record.source"], ["native", "mactop"]);
  equal(settings["record.interval"], 90_000);
  equal(settings["retention.max_size"], 1.5e9);
  equal(settings["retention.keep_rows"], 400 * 86_400_000);
  equal(settings["display.ascii"], true);
  equal(origins["record.interval"], "~/.config/mtr/config.toml:6");
  equal(origins["retention.max_size"], "~/.config/mtr/config.toml:8");
  equal(origins["record.fsync"], "default");
});

Deno.test("dotted keys and inline tables are the same settings", () => {
  equal(load(`record.interval = "2s"`).settings["record.interval"], 2000);
  const inline = load(`display = { color = "never" }`);
  equal(inline.settings["display.color"], "never");
  equal(inline.origins["display.color"], "~/.config/mtr/config.toml:1");
});

Deno.test("a variable wins over the file, and an empty one is none", () => {
  const toml = `[record]\ninterval = "2s"\nport = 9000`;
  const { settings, origins } = load(toml, {
    MTR_RECORD_INTERVAL: "3s",
    MTR_RECORD_PORT: "",
    MTR_ANALYZE_METRICS: "gpu_pct, ram_pct",
    MTR_DISPLAY_ASCII: "1",
    MTR_DATA_DIR: "/srv/metrics",
  });
  equal(settings["record.interval"], 3000);
  equal(origins["record.interval"], "MTR_RECORD_INTERVAL");
  equal(settings["record.port"], 9000);
  deepEqual(settings["analyze.metrics"], ["gpu_pct", "ram_pct"]);
  equal(settings["display.ascii"], true);
  equal(settings.data_dir, "/srv/metrics");
});

Deno.test("an address from the environment hides the file's source, which it would contradict", () => {
  const toml = `[record]\nsource = ["native"]`;
  const { settings } = load(toml, { MTR_RECORD_URL: "nas:9100" });
  equal(settings["record.url"], "nas:9100");
  equal(settings["record.source"], null);
});

Deno.test("an unknown key is refused with its line and the nearest known one", () => {
  const cases: readonly (readonly [toml: string, problem: string, hint: string])[] = [
    [
      `[record]\nintervall = "2s"`,
      "config.toml:2: no setting is called `record.intervall`",
      "did you mean interval below [record]?",
    ],
    [
      `interval = "2s"`,
      "config.toml:1: no setting is called `interval`",
      "did you mean interval below [record]?",
    ],
    [
      `[recrod]\ninterval = "2s"`,
      "config.toml:1: no setting is called `recrod`",
      "did you mean [record]?",
    ],
    [
      `[record]\n\ndata_dir = "/a"`,
      "config.toml:3: no setting is called `record.data_dir`",
      "did you mean data_dir, above the first [table]?",
    ],
    [
      `[llm]\napi_key = "k"`,
      "config.toml:2: no setting is called `llm.api_key`",
      "did you mean api_key_file below [llm]?",
    ],
    [
      `[retention]\nrecord.interval = "2s"`,
      "config.toml:2: no setting is called `retention.record`",
      "did you mean [record]?",
    ],
    [
      `zzzzzzzzzzzzzz = 1`,
      "config.toml:1: no setting is called `zzzzzzzzzzzzzz`",
      "all settings: mtr config show",
    ],
    [`record = 5`, "config.toml:1: record has to be a table", "write [record] and its keys below"],
  ];
  for (const [toml, problem, hint] of cases) {
    equal(refusal(toml), `~/.config/mtr/${problem}\n${hint}`);
  }
});

Deno.test("a value that is not allowed is refused with its line and what would be", () => {
  const cases: readonly (readonly [line: string, allowed: RegExp])[] = [
    [`record.interval = "soon"`, /a time with its unit from "100ms" to "1h"/],
    [`record.interval = 5`, /a time with its unit/],
    [`record.interval = "2h"`, /a time with its unit/],
    [`record.interval = "99ms"`, /a time with its unit/],
    [`record.port = 0`, /a whole number from 1 to 65535/],
    [`record.port = "8888"`, /a whole number/],
    [`record.port = 1.5`, /a whole number/],
    [`record.source = ["natve"]`, /a list of "mactop", "prometheus", "native"/],
    [`record.source = "native"`, /a list of/],
    [`record.source = []`, /a list of/],
    [`analyze.heat = "p99"`, /"mean", "p95", "max"/],
    [`analyze.metrics = ["cpu_percent"]`, /did you mean cpu_pct\?; allowed: a list of metrics/],
    [`display.ascii = "yes"`, /true or false/],
    [`data_dir = "metrics"`, /a path that begins with \/ or ~\//],
    [`llm.model = "  "`, /a text that is not empty/],
    [`retention.max_size = "5"`, /a size with its unit/],
    [`retention.max_size = "-5GB"`, /a size with its unit/],
    [`retention.keep_rows = "1h"`, /a time with its unit, at least "1d"/],
    [`record.interval = 2026-01-01`, /a time with its unit/],
  ];
  for (const [line, allowed] of cases) {
    const text = refusal(`# a comment\n${line}`);
    match(text, /^~\/\.config\/mtr\/config\.toml:2: .* is not allowed\n/);
    match(text, allowed);
  }
});

Deno.test("all problems are named at once, of the file and of the environment", () => {
  const text = refusal(`[record]\nport = 0\nfoo = 1`, { MTR_DISPLAY_COLOR: "blue" });
  match(text, /^3 settings are not allowed\n/);
  match(text, /config\.toml:2: record\.port = 0 is not allowed\n {2}allowed: a whole number/);
  match(text, /config\.toml:3: no setting is called `record\.foo`/);
  match(text, /MTR_DISPLAY_COLOR: MTR_DISPLAY_COLOR=blue is not allowed\n {2}allowed: "auto"/);
});

Deno.test("a text that is not TOML is refused with its line", () =>
  match(
    refusal(`[record]\ninterval = 5s\n`),
    /^~\/\.config\/mtr\/config\.toml:2: this is not TOML: .+\ninterval = 5s$/,
  ));

Deno.test("a file that MTR_CONFIG names has to be there", () => {
  match(
    refusal(undefined, { MTR_CONFIG: "/nowhere/mtr.toml" }),
    /^there is no settings file \/nowhere\/mtr\.toml\n.*mtr config init$/,
  );
});

Deno.test("the settings file is $MTR_CONFIG, else in $XDG_CONFIG_HOME, else in ~/.config", () => {
  const at = (variables: Variables) => configFile((name) => variables[name]);
  const home = { HOME: "/home/me" };
  deepEqual(at({ ...home, MTR_CONFIG: "/a/b.toml", XDG_CONFIG_HOME: "/xdg" }), {
    path: "/a/b.toml",
    isNamed: true,
  });
  equal(at({ ...home, XDG_CONFIG_HOME: "/xdg" }).path, "/xdg/mtr/config.toml");
  equal(at({ ...home, MTR_CONFIG: "" }).path, "/home/me/.config/mtr/config.toml");
});

Deno.test("nothing need be loaded where nobody set anything", () => {
  equal(atHome(undefined, {}, isAnythingSet), false);
  equal(atHome(undefined, { MTR_DATA_DIR: "/a", MTR_DEBUG: "1" }, isAnythingSet), false);
  equal(atHome("", {}, isAnythingSet), true);
  equal(atHome(undefined, { MTR_RECORD_PORT: "1" }, isAnythingSet), true);
  equal(atHome(undefined, { MTR_CONFIG: "/a" }, isAnythingSet), true);
});

Deno.test("the commented file changes nothing, and with every # of a setting taken away it is right", () => {
  deepEqual(parse(commentedFile()), {
    record: {},
    analyze: {},
    display: {},
    llm: {},
    retention: {},
  });
  const live = commentedFile().replaceAll(/^# (\w+ = )/gm, "$1");
  const { settings, origins } = load(live);
  for (const key of SETTING_KEYS) match(origins[key], /config\.toml:\d+$/, key);
  equal(settings["record.interval"], 1000);
  equal(settings["retention.max_size"], 5e9);
});

Deno.test("a value is written as the file would have it, and read back the same", () => {
  equal(writtenValue("record.interval", 90_000), `"90s"`);
  equal(writtenValue("record.interval", 100), `"100ms"`);
  equal(writtenValue("record.fsync", 0), `"0s"`);
  equal(writtenValue("retention.max_size", 1.5e9), `"1500MB"`);
  equal(writtenValue("record.source", ["native", "mactop"]), `["native", "mactop"]`);
  equal(writtenValue("record.url", null), "");
  const { settings } = load();
  for (const key of SETTING_KEYS) {
    const value = settings[key];
    if (value === null) continue;
    const again = load(`${key} = ${writtenValue(key, value)}`).settings[key];
    deepEqual(again, value, key);
  }
});

Deno.test("sizes are powers of 1000, with an i of 1024, and never without a unit", () => {
  equal(parseSize("500MB"), 5e8);
  equal(parseSize("1.5 GiB"), 1.5 * 2 ** 30);
  equal(parseSize("10 b"), 10);
  for (const text of ["", "5", "GB", "5 XB", "1e3MB", "-1MB"]) equal(parseSize(text), null, text);
});

Deno.test("every setting has a variable of its own", () => {
  equal(variableOf("data_dir"), "MTR_DATA_DIR");
  equal(variableOf("llm.base_url"), "MTR_LLM_BASE_URL");
  equal(new Set(SETTING_KEYS.map(variableOf)).size, SETTING_KEYS.length);
});

Deno.test("the endpoint's key comes from the environment, else from the file that is named", () => {
  atHome(undefined, {}, (env, home) => {
    const { settings } = loadSettings(env);
    equal(llmApiKey(settings, env), null);
    equal(
      llmApiKey(settings, (name) => (name === "MTR_LLM_API_KEY" ? " key \n" : undefined)),
      "key",
    );
    const path = `${home}/key`;
    const named = { ...settings, "llm.api_key_file": path };
    throws(() => llmApiKey(named, env), /can't be read/);
    Deno.writeTextFileSync(path, "\n");
    throws(() => llmApiKey(named, env), /is empty/);
    Deno.writeTextFileSync(path, "from-file\n");
    equal(llmApiKey(named, env), "from-file");
  });
});

Deno.test("checkFile says nothing of a good file, and paths at home are shown short", () => {
  atHome(`[record]\nport = 1`, {}, (env) => checkFile(configFile(env), env));
  equal(shortPath("/home/me/a", "/home/me"), "~/a");
  equal(shortPath("/home/melissa/a", "/home/me"), "/home/melissa/a");
  equal(shortPath("/a", undefined), "/a");
});
