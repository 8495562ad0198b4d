import { deepEqual, equal, match, ok, throws } from "node:assert/strict";
import manifest from "../../deno.json" with { type: "json" };
import { releaseProblems } from "../../scripts/release/check_release.ts";
import { fillTemplate } from "../../scripts/release/fill_template.ts";
import { finish } from "../../scripts/release/finish.ts";
import { pack } from "../../scripts/release/pack.ts";
import { archiveName, hostTarget, TARGETS } from "../../scripts/release/targets.ts";

/** A binary that is none: enough to be packed, installed and run. */
const FAKE_MTR = `#!/bin/sh\necho "mtr ${manifest.version} $*"\n`;

/** A finished release of fake binaries, in a folder that is removed with the test. */
async function makeRelease(): Promise<string> {
  const out = await Deno.makeTempDir({ prefix: "mtr-release-" });
  const binary = `${out}/fake-mtr`;
  await Deno.writeTextFile(binary, FAKE_MTR, { mode: 0o755 });
  for (const target of TARGETS) await pack({ target, out, binary, env: () => undefined });
  await Deno.remove(binary);
  await finish(out, "somebody/mtr");
  return out;
}

async function runInstaller(release: string, home: string, serve = release) {
  const stop = new AbortController();
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", signal: stop.signal, onListen() {} },
    async (request) => {
      const file = `${serve}${new URL(request.url).pathname}`;
      const bytes = await Deno.readFile(file).catch(() => null);
      return bytes ? new Response(bytes) : new Response("no", { status: 404 });
    },
  );
  try {
    const { code, stdout, stderr } = await new Deno.Command("sh", {
      args: [`${release}/install.sh`, "--to", `${home}/bin`],
      env: { HOME: home, MTR_BASE_URL: `http://127.0.0.1:${server.addr.port}` },
    }).output();
    const text = new TextDecoder();
    return { code, out: text.decode(stdout), err: text.decode(stderr) };
  } finally {
    stop.abort();
    await server.finished;
  }
}

Deno.test("a release is packed, its checksums are right, and install.sh installs what it verified", async () => {
  const release = await makeRelease();
  const home = await Deno.makeTempDir({ prefix: "mtr-home-" });
  try {
    const { success } = await new Deno.Command("sh", {
      args: ["-c", "sha256sum --check --quiet SHA256SUMS || shasum -a 256 --check SHA256SUMS"],
      cwd: release,
      stderr: "null",
    }).output();
    ok(success);
    const installed = await runInstaller(release, home);
    equal(installed.code, 0, installed.err);
    match(installed.out, /add it to your PATH/);
    const { stdout } = await new Deno.Command(`${home}/bin/mtr`, { args: ["--version"] }).output();
    match(new TextDecoder().decode(stdout), new RegExp(`^mtr ${manifest.version}`));
    const provenance = JSON.parse(
      await Deno.readTextFile(
        `${release}/${archiveName(manifest.version, hostTarget())}.provenance.json`,
      ),
    );
    const sums = await Deno.readTextFile(`${release}/SHA256SUMS`);
    ok(sums.includes(provenance.subject[0].digest.sha256));
    const formula = await Deno.readTextFile(`${release}/mtr.rb`);
    equal(formula.includes("@"), false);
    for (const line of sums.trim().split("\n")) ok(formula.includes(line.split(" ")[0] ?? "?"));
  } finally {
    await Deno.remove(release, { recursive: true });
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("install.sh refuses an archive whose checksum is wrong, and installs nothing", async () => {
  const release = await makeRelease();
  const home = await Deno.makeTempDir({ prefix: "mtr-home-" });
  try {
    await Deno.writeTextFile(
      `${release}/${archiveName(manifest.version, hostTarget())}`,
      "tampered",
    );
    const { code, err } = await runInstaller(release, home);
    equal(code, 1);
    match(err, /the checksum of .* is wrong: .*; nothing was installed/);
    equal(await Deno.stat(`${home}/bin`).catch(() => null), null);
  } finally {
    await Deno.remove(release, { recursive: true });
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("a release is refused when its tag, version, Deno or README do not agree", () => {
  const good = {
    tag: "v1.2.3",
    deno: "2.9.6",
    runningDeno: "2.9.6",
    version: "1.2.3",
    readme: "npx -y deno@2.9.6 task quickstart",
  };
  deepEqual(releaseProblems(good), []);
  match(releaseProblems({ ...good, tag: "v1.2.4" }).join(), /the tag is v1.2.4/);
  match(releaseProblems({ ...good, runningDeno: "2.9.7" }).join(), /2.9.7 runs/);
  match(releaseProblems({ ...good, readme: "" }).join(), /README/);
});

Deno.test("a place in a template that has no value is an error", () => {
  equal(fillTemplate("v@VERSION@", { VERSION: "1" }), "v1");
  throws(() => fillTemplate("@NOPE@", {}), /wants NOPE/);
});
