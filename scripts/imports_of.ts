/** One import or re-export of a file. */
export interface Import {
  /** As written: `./row.ts`, `node:path`, `@duckdb/node-api`. */
  readonly specifier: string;
  /** `type`: vanishes when compiled; `dynamic`: loaded when the code gets there. */
  readonly kind: "value" | "type" | "dynamic";
}

// `deno fmt` starts every statement on a line of its own and quotes with ", so these patterns see them all.
const FROM =
  /^(?:import|export(?=\s+(?:type\s+)?[*{]))\s+(type\s+)?([*{\w][^;"]*?)\s*from\s*"([^"]+)"/gm;
const BARE = /^import\s+"([^"]+)"/gm;
const CALL = /(typeof\s+)?\bimport\(\s*"([^"]+)"\s*\)(?:\.(?!then\b|catch\b|finally\b)(\w+))?/g;
const COMMENTS = /(?<=^|\s)\/\/.*$|(?<=^|\s)\/\*[\s\S]*?\*\//gm;

/** The imports of a TypeScript file. */
export function importsOf(source: string): readonly Import[] {
  const code = withoutComments(source);
  return [
    ...[...code.matchAll(FROM)].map(([, type, names = "", specifier = ""]): Import => ({
      specifier,
      kind: type || namesOnlyTypes(names) ? "type" : "value",
    })),
    ...[...code.matchAll(BARE)].map(([, specifier = ""]): Import => ({ specifier, kind: "value" })),
    ...[...code.matchAll(CALL)].map(([, typeOf, specifier = "", member]): Import => ({
      specifier,
      kind: typeOf || member ? "type" : "dynamic",
    })),
  ];
}

/** Code without its comments, which may mention anything. */
export function withoutComments(source: string): string {
  return source.replaceAll(COMMENTS, "");
}

/** `{ type A, type B }` */
function namesOnlyTypes(names: string): boolean {
  const list = /^\{([^}]*)\}$/.exec(names)?.[1]?.split(",").map((name) => name.trim());
  return list?.filter(Boolean).every((name) => name.startsWith("type ")) ?? false;
}
