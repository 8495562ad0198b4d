import { equal } from "node:assert/strict";
import { demoPicture } from "../../scripts/screen_svg.ts";

const PICTURE = new URL("../../docs/report.svg", import.meta.url);

// Other processors' mathematics differ in the last bit, which can turn a rounded figure.
const ignore = Deno.build.os !== "linux" || Deno.build.arch !== "x86_64";

Deno.test({
  name: "the README's picture is what mtr demo prints today",
  ignore,
  async fn() {
    const picture = await demoPicture();
    if (Deno.env.get("UPDATE_GOLDEN") === "1") Deno.writeTextFileSync(PICTURE, picture);
    equal(
      picture,
      Deno.readTextFileSync(PICTURE),
      "docs/report.svg is stale: deno run -A scripts/screen_svg.ts",
    );
  },
});
