/** What this program is made of, from the one file that pins it. */
import manifest from "../../deno.json" with { type: "json" };

export const MTR_VERSION: string = manifest.version;

const DUCKDB_VERSION = /@(\d+\.\d+\.\d+)/.exec(manifest.imports["@duckdb/node-api"])?.[1] ?? "?";

/** `mtr 0.1.0 (deno 2.9.6, duckdb 1.5.5, linux x86_64)` */
export const VERSION_TEXT =
  `mtr ${MTR_VERSION} (deno ${Deno.version.deno}, duckdb ${DUCKDB_VERSION}, ${Deno.build.os} ${Deno.build.arch})`;
