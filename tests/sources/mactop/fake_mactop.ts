/**
 * A stand-in for mactop, run by the shell scripts that tests put on the PATH:
 * `deno run -A fake_mactop.ts serve|print FIXTURE [mactop's own arguments]`.
 */
const [mode, path = "", ...args] = Deno.args;
const text = Deno.readTextFileSync(path);

if (mode === "serve") {
  const port = Number(args[args.findIndex((arg) => arg === "--prometheus" || arg === "-p") + 1]);
  Deno.serve({ port, hostname: "127.0.0.1", onListen() {} }, () => new Response(text));
} else {
  for (const line of text.trimEnd().split("\n")) {
    await Deno.stdout.write(new TextEncoder().encode(`${line}\n`));
  }
  setInterval(() => {}, 1000);
}
