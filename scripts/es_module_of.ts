/**
 * A CommonJS module as TypeScript's compiler writes it, turned back into the ES module that it was compiled from: so that a
 * bundler can leave out what is not used. Null where something in it is not of the compiler's making.
 */
export function esModuleOf(commonJs: string): string | null {
  const module = REWRITES.reduce((text, [from, to]) => text.replace(from, to), commonJs);
  return /\bexports\b|\brequire\(/.test(module) ? null : module;
}

/** In order: what a line looks like, and what stood there before. */
const REWRITES: readonly (readonly [from: RegExp, to: string])[] = [
  [/^"use strict";\n/, ""],
  // The compiler's own functions for imports and exports, each up to the line that ends it.
  [
    /^var __(?:createBinding|exportStar|importDefault|importStar|setModuleDefault) = [^]*?^\}\)*(?:\(\))?;\n|^var __exportStar = .*\n(?: .*\n)*\};\n/gm,
    "",
  ],
  [/^Object\.defineProperty\(exports, "__esModule", \{ value: true \}\);\n/m, ""],
  [/^(?:exports\.\w+ = )+void 0;\n/gm, ""],
  // An add-on has no `default`: it is one.
  [/^var (\w+) = require\(("[^."][^"]*")\);$/gm, "import $1 from $2;"],
  [/^const (\w+) = (?:__importDefault\()?require\(("[^"]+")\)\)?;$/gm, "import * as $1 from $2;"],
  [/^require\(("[^"]+")\);$/gm, "import $1;"],
  [/^__exportStar\(require\(("[^"]+")\), exports\);$/gm, "export * from $1;"],
  [
    /^Object\.defineProperty\(exports, "(\w+)", \{ enumerable: true, get: function \(\) \{ return (.*); \} \}\);$/gm,
    "export const $1 = $2;",
  ],
  [/^exports\.(\w+) = \1;$/gm, "export { $1 };"],
  [/^exports\.(\w+) = /gm, "export const $1 = "],
  [
    /^\}\)\((\w+) \|\| \(exports\.\1 = \1 = \{\}\)\);$/gm,
    "})($1 || ($1 = {}));\nexport { $1 };",
  ],
  [/\bexports\.(\w+)/g, "$1"],
];
