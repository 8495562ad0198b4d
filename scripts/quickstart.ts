/**
 * `deno task quickstart`: records this machine for a few seconds into the ordinary data folder, then prints its report.
 * What a newcomer runs first, so it says what it does.
 */
import { findProgram } from "../src/platform/mod.ts";

const SECONDS = 15;

async function mtr(...args: string[]): Promise<number> {
  const main = new URL("../src/main.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-prompt", "--quiet", main, ...args],
    stdin: "inherit",
  });
  return (await command.spawn().status).code;
}

/** On a Mac without mactop the light source does; elsewhere the default one. */
async function sourceArgs(): Promise<string[]> {
  const lightMac = Deno.build.os === "darwin" && !await findProgram("mactop");
  return lightMac ? ["--source", "native"] : [];
}

const say = (line: string) => Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`));

say(
  `Recording this machine for ${SECONDS} seconds into the ordinary data folder; then its report.`,
);
const recorded = await mtr("record", "--for", `${SECONDS}s`, ...await sourceArgs());
if (recorded !== 0) Deno.exit(recorded);
say("");
const reported = await mtr("analyze", "--since", "10m");
// Whoever came by npx has no Deno of their own.
const task = Deno.env.get("npm_command") === "exec"
  ? `npx -y deno@${Deno.version.deno} task`
  : "deno task";
say(`\nGo on recording:  ${task} mtr record &\nSee a full week:  ${task} mtr demo`);
Deno.exit(reported);
