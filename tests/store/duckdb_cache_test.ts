import { deepEqual, equal, match, rejects } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { StoreError } from "../../src/model/mod.ts";
import {
  cacheFolderName,
  cacheRoot,
  type DuckDBManifest,
  type PackedFile,
  type PackedPlaces,
  unpackInto,
} from "../../src/store/duckdb_cache.ts";

const LIBRARY = "the library ".repeat(100_000);
const ADD_ON = "the add-on";

interface Build {
  readonly cache: string;
  readonly places: PackedPlaces;
  readonly manifest: DuckDBManifest;
}

/** A build as scripts/compile.ts makes it: the library within the executable, the add-on beside the manifest. */
async function withBuild(check: (build: Build) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  try {
    const executable = `${folder}/mtr`;
    const library = gzipSync(LIBRARY);
    const before = "the runtime";
    Deno.writeFileSync(
      executable,
      Buffer.concat([Buffer.from(before), library, Buffer.from("the program")]),
    );
    Deno.writeFileSync(`${folder}/duckdb.node.gz`, gzipSync(ADD_ON));
    const files = [
      packed("libduckdb.so", LIBRARY, { at: before.length }),
      packed("duckdb.node", ADD_ON, { at: "duckdb.node.gz" }),
    ];
    const places = { folder: new URL(`file://${folder}/`), executable };
    await check({ cache: `${folder}/cache/duckdb`, places, manifest: { version: "1.5.5", files } });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

function packed(name: string, content: string, { at }: Pick<PackedFile, "at">): PackedFile {
  return {
    name,
    bytes: content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
    packedBytes: gzipSync(content).length,
    at,
  };
}

function contents(folder: string): Record<string, string> {
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  return Object.fromEntries(
    names.map((name) => [name, Deno.readTextFileSync(`${folder}/${name}`)]),
  );
}

Deno.test("unpackInto takes files from the executable and from the manifest's folder", () =>
  withBuild(async ({ cache, places, manifest }) => {
    await unpackInto(cache, places, manifest);
    deepEqual(contents(cache), { "duckdb.node": ADD_ON, "libduckdb.so": LIBRARY });
  }));

Deno.test("unpackInto leaves a whole file alone and replaces one of the wrong size", () =>
  withBuild(async ({ cache, places, manifest }) => {
    await unpackInto(cache, places, manifest);
    const untouched = "x".repeat(ADD_ON.length);
    Deno.writeTextFileSync(`${cache}/duckdb.node`, untouched);
    Deno.truncateSync(`${cache}/libduckdb.so`, 7);
    await unpackInto(cache, places, manifest);
    deepEqual(contents(cache), { "duckdb.node": untouched, "libduckdb.so": LIBRARY });
  }));

Deno.test("unpackInto may run many times at once", () =>
  withBuild(async ({ cache, places, manifest }) => {
    await Promise.all(Array.from({ length: 5 }, () => unpackInto(cache, places, manifest)));
    deepEqual(contents(cache), { "duckdb.node": ADD_ON, "libduckdb.so": LIBRARY });
  }));

Deno.test("unpackInto refuses a file that does not match its hash and leaves nothing of it", () =>
  withBuild(async ({ cache, places, manifest }) => {
    const files = manifest.files.map((file) => ({ ...file, sha256: "0".repeat(64) }));
    await rejects(unpackInto(cache, places, { ...manifest, files }), (error: Error) => {
      match(
        error.message,
        /^the libduckdb\.so inside this mtr is damaged: its SHA-256 is [0-9a-f]{64}/,
      );
      return error instanceof StoreError;
    });
    deepEqual(contents(cache), {});
  }));

Deno.test("unpackInto removes what a killed start left, but not what another start is writing", () =>
  withBuild(async ({ cache, places, manifest }) => {
    Deno.mkdirSync(cache, { recursive: true });
    for (const name of ["old.part", "new.part"]) Deno.writeTextFileSync(`${cache}/${name}`, name);
    const anHourAgo = new Date(Date.now() - 3_600_000);
    Deno.utimeSync(`${cache}/old.part`, anHourAgo, anHourAgo);
    await unpackInto(cache, places, manifest);
    deepEqual(Object.keys(contents(cache)), ["duckdb.node", "libduckdb.so", "new.part"]);
  }));

Deno.test("unpackInto fails where the folder cannot be made", () =>
  withBuild(async ({ places, manifest }) => {
    await rejects(unpackInto(`${places.executable}/duckdb`, places, manifest));
  }));

Deno.test("cacheFolderName tells builds of one version apart", () => {
  const build = (sha256: string): DuckDBManifest => ({
    version: "1.5.5-r.5",
    files: [{ ...packed("libduckdb.so", LIBRARY, { at: 0 }), sha256 }],
  });
  match(cacheFolderName(build("a")), /^duckdb-1\.5\.5-r\.5-[0-9a-f]{12}$/);
  equal(cacheFolderName(build("a")) === cacheFolderName(build("b")), false);
});

Deno.test("cacheRoot follows XDG_CACHE_HOME where it is absolute, else HOME", () => {
  const root = (env: Record<string, string>) => cacheRoot((name) => env[name]);
  equal(root({ XDG_CACHE_HOME: "/var/cache/me", HOME: "/home/me" }), "/var/cache/me/mtr");
  equal(root({ XDG_CACHE_HOME: "cache", HOME: "/home/me" }), "/home/me/.cache/mtr");
  equal(root({ HOME: "/home/me" }), "/home/me/.cache/mtr");
  equal(root({}), null);
});
