import { equal, match } from "node:assert/strict";
import { hasProgram, journalRows, type Mtr, newUser, serveFixture, until } from "./mtr.ts";

/** A real terminal: bash in tmux, 100 columns wide. */
interface Terminal extends AsyncDisposable {
  /** Types a line and the Enter key. */
  type(line: string): Promise<void>;
  /** Presses a key by tmux's name: `C-c`. */
  press(key: string): Promise<void>;
  /** What is on the screen, without the empty lines below it. */
  screen(): Promise<string>;
}

async function openTerminal(mtr: Mtr): Promise<Terminal> {
  const socket = `${mtr.home}/tmux`;
  const tmux = async (command: string) => {
    const { code, stdout, stderr } = await mtr.shell(
      `tmux -S '${socket}' -f /dev/null ${command}`,
      {
        env: { TERM: "xterm-256color" },
      },
    );
    if (code !== 0) throw new Error(`tmux ${command}: ${stderr}`);
    return stdout;
  };
  // A history would be written while the home is being removed.
  await tmux(
    "new-session -d -x 100 -y 24 \"env HISTFILE=/dev/null PS1='$ ' bash --norc --noprofile\"",
  );
  return {
    type: async (line) => void await tmux(`send-keys '${line}' Enter`),
    press: async (key) => void await tmux(`send-keys ${key}`),
    screen: async () => (await tmux("capture-pane -p")).trimEnd(),
    [Symbol.asyncDispose]: async () => void await tmux("kill-server"),
  };
}

Deno.test({
  name: "mtr record & leaves the prompt alone; in the foreground it draws one line",
  ignore: !hasProgram("tmux"),
  async fn() {
    await using mtr = newUser();
    await using mactop = serveFixture("mactop/mactop-2.1.5.metrics.txt");
    await using terminal = await openTerminal(mtr);
    await terminal.type(`mtr record --url ${mactop.url} --interval 200ms &`);
    await until("it records", () => journalRows(mtr.dataDir, "samples") >= 3);
    await terminal.type("echo typed while it records");
    const rows = journalRows(mtr.dataDir, "samples");
    await until("it has recorded on", () => journalRows(mtr.dataDir, "samples") >= rows + 5);
    match(
      await terminal.screen(),
      /^\$ mtr record .* &\n\[1\] \d+\n\$ recording mactop .*\n(.*\n)?(\$ )?echo typed while it records\ntyped while it records\n\$$/,
    );

    await terminal.type("fg");
    const lastLine = async () => (await terminal.screen()).split("\n").at(-1) ?? "";
    await until("the live line is drawn", async () => /^recording \d/.test(await lastLine()));
    match(await lastLine(), /^recording \d+ s · \d+ samples · [\d.]+ % · CPU 17\.7 %/);
    await terminal.press("C-c");
    await until("it has ended", async () => (await lastLine()) === "$");
    const ended = (await terminal.screen()).split("\n").at(-2) ?? "";
    match(ended, /^recorded \d+ samples in \d+ s, [\d.]+ % of the time$/);
    equal((await mtr.run(["stop"])).code, 3);
  },
});

Deno.test({
  name: "on a terminal a report is coloured and as wide as the terminal; NO_COLOR is heeded",
  ignore: !hasProgram("tmux"),
  async fn() {
    await using mtr = newUser();
    await mtr.demo({ days: 8 });
    await using terminal = await openTerminal(mtr);
    const show = async (environment: string) => {
      await terminal.type(
        `clear; ${environment} script -qc "mtr analyze --week" seen >/dev/null; echo done`,
      );
      await until("it is shown", async () => /^done$/m.test(await terminal.screen()));
      const seen = Deno.readTextFileSync(`${mtr.folder}/seen`);
      return seen.replace(/^Script started.*\n|\n*Script done.*\n?$/g, "");
    };
    const colored = await show("");
    equal(colored.includes("\x1b["), true);
    const plain = await show("NO_COLOR=1");
    equal(plain.includes("\x1b["), false);
    const widths = plain.split(/\r?\n/).map((line) => line.length);
    equal(Math.max(...widths) <= 100, true);
  },
});
