import { equal, ok } from "node:assert/strict";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { esModuleOf } from "../../scripts/es_module_of.ts";

Deno.test("esModuleOf gives the imports and exports that TypeScript compiled away", () => {
  const compiled = `"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.Size = exports.Box = exports.UNIT = void 0;
exports.half = half;
const addon_1 = __importDefault(require("addon"));
const side_1 = require("./side");
var addon_2 = require("addon");
require("./register");
Object.defineProperty(exports, "toNumber", { enumerable: true, get: function () { return addon_2.toNumber; } });
exports.UNIT = side_1.side.instance;
class Box {
    area() { return side_1.side(exports.UNIT) ** 2; }
}
exports.Box = Box;
var Size;
(function (Size) {
    Size[Size["BIG"] = 0] = "BIG";
})(Size || (exports.Size = Size = {}));
function half() {
    return addon_1.default.half;
}
`;
  equal(
    esModuleOf(compiled),
    `export { half };
import * as addon_1 from "addon";
import * as side_1 from "./side";
import addon_2 from "addon";
import "./register";
export const toNumber = addon_2.toNumber;
export const UNIT = side_1.side.instance;
class Box {
    area() { return side_1.side(UNIT) ** 2; }
}
export { Box };
var Size;
(function (Size) {
    Size[Size["BIG"] = 0] = "BIG";
})(Size || (Size = {}));
export { Size };
function half() {
    return addon_1.default.half;
}
`,
  );
});

Deno.test("esModuleOf leaves alone what TypeScript did not write so", () => {
  for (
    const written of ["module.exports = 1;\n", "const a = f(require('b'));\n", "exports[a] = 1;\n"]
  ) {
    equal(esModuleOf(written), null, written);
  }
});

Deno.test("esModuleOf knows every module that mtr loads of DuckDB's API", () => {
  const start = createRequire(import.meta.url).resolve("@duckdb/node-api/lib/DuckDBInstance.js");
  const seen = new Set<string>();
  const visit = (path: string) => {
    if (seen.has(path)) return;
    seen.add(path);
    const module = esModuleOf(Deno.readTextFileSync(path));
    ok(module !== null, path);
    equal(/__\w+ = \(?this/.test(module), false, path);
    for (const [, from] of module.matchAll(/(?:from|import) "(\.[^"]+)";/g)) {
      visit(createRequire(path).resolve(`${dirname(path)}/${from}`));
    }
  };
  visit(start);
  ok(seen.size > 100, `${seen.size} modules`);
});
