import { deepEqual, equal, match } from "node:assert/strict";
import { dirname } from "node:path";
import { relativeLinks } from "../../scripts/broken_links.ts";
import { problems } from "../../scripts/docs.ts";
import { manPage } from "../../scripts/man_page.ts";
import { metricsPage } from "../../scripts/metrics_page.ts";
import { DERIVED_METRICS, METRICS, SERIES_METRICS } from "../../src/model/mod.ts";

const MADE = { "docs/metrics.md": metricsPage(), "docs/mtr.1": manPage() };

/** The problems of a checkout of these files, beside up-to-date pages. */
function problemsOf(files: Readonly<Record<string, string>>): readonly string[] {
  const top = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    const good = { "deno.json": "{}", ...MADE };
    for (const [path, text] of Object.entries({ ...good, ...files })) {
      Deno.mkdirSync(dirname(`${top}/${path}`), { recursive: true });
      Deno.writeTextFileSync(`${top}/${path}`, text);
    }
    return problems(top);
  } finally {
    Deno.removeSync(top, { recursive: true });
  }
}

Deno.test("docs: the metrics page has one line for every metric", () => {
  const page = metricsPage();
  for (const { id, help } of [...METRICS, ...DERIVED_METRICS, ...SERIES_METRICS]) {
    const lines = page.split("\n").filter((line) => line.startsWith(`| \`${id}\` |`));
    equal(lines.length, 1, id);
    equal(lines[0]?.includes(help.replaceAll("|", "\\|")), true, id);
  }
});

Deno.test("docs: ranges and grids are short, long numbers as powers", () => {
  match(metricsPage(), /\| `ram_used_bytes` \| BIGINT \| bytes \| 0 … 2\^50 \| 2\^20 \|/);
  match(
    metricsPage(),
    /\| `net_rx_bytes_per_s` \| BIGINT \| bytes\/s \| 0 … 1e12 \| 1, 4 digits \|/,
  );
});

Deno.test("docs: a page whose links lead somewhere is fine", () =>
  deepEqual(
    problemsOf({
      "README.md": "[a](docs/metrics.md#samples) [b](https://example.org) [c](#here) [d](LICENSE)",
      "docs/a.md": "[up](../README.md)\n```\n[no](link.md)\n```\nand `[no](link.md)`",
      "LICENSE": "MIT",
    }),
    [],
  ));

Deno.test("docs: a link to a file that is not there is named with its page", () =>
  deepEqual(problemsOf({ "docs/a.md": "[gone](../gone.md) [too](b.md#c)" }), [
    "docs/a.md: links to ../gone.md, which is not there",
    "docs/a.md: links to b.md, which is not there",
  ]));

Deno.test("docs: a stale or missing page that is made says how to mend it", () => {
  const stale = ["docs/metrics.md is not what the catalogue says: run `deno task docs`"];
  deepEqual(problemsOf({ "docs/metrics.md": "# Metrics\n" }), stale);
  deepEqual(problemsOf({ "docs/mtr.1": "" }), [
    "docs/mtr.1 is not what the program says: run `deno task docs`",
  ]);
});

Deno.test("docs: every dependency is explained, in its version", () =>
  deepEqual(
    problemsOf({
      "deno.json":
        `{"imports": {"a": "npm:a@1.0.0", "@b/c": "npm:@b/c@2.0.0", "d": "npm:d@3.0.0"}}`,
      "docs/dependencies.md": "| `a` | 1.0.0 | x |\n| [`@b/c`](https://b.org) | 1.9.0 | x |\n`d`",
    }),
    [
      "docs/dependencies.md: @b/c is 2.0.0 by now",
      "docs/dependencies.md does not say why there is d",
    ],
  ));

Deno.test("docs: relativeLinks leaves out anchors, addresses and code", () =>
  deepEqual(relativeLinks("[a](b.md#c) [d](mailto:x) [e](#f) `[g](h.md)` ![i](j.png)"), [
    "b.md",
    "j.png",
  ]));
