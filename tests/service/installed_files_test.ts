/** The files that `mtr install` writes, judged by the programs that read them. */
import { deepEqual, equal, match } from "node:assert/strict";
import { launchdPlist, type ServiceCommand, systemdUnit } from "../../src/service/mod.ts";
import { findProgram } from "../../src/platform/mod.ts";

/** Everything that means something to systemd, to XML or to a shell. */
const HOSTILE = [
  "a b",
  `"quoted" 'twice'`,
  "100% %h %%",
  "$HOME ${HOME} $$",
  "back\\slash \\n",
  "<tag attr='x'>&amp;</tag>",
  "semi;colon # comment",
  "tab\tand\nnew line",
  "ünïcode – 温度",
  "",
];

function commandOf(args: readonly string[], program = Deno.execPath()): ServiceCommand {
  return { program, args, environment: { MTR_DATA_DIR: "/srv/100% of it", QUOTED: `a "b" c` } };
}

const analyze = await findProgram("systemd-analyze");
const python = await findProgram("python3");

Deno.test({
  name: "systemd-analyze verify is content with the unit",
  // Needs systemd's own tools.
  ignore: analyze === undefined,
  async fn() {
    const folder = Deno.makeTempDirSync({ prefix: "mtr-test-" });
    try {
      const verify = async (text: string) => {
        Deno.writeTextFileSync(`${folder}/mtr.service`, text);
        const { success, stderr } = await new Deno.Command(analyze ?? "", {
          args: ["--user", "verify", `${folder}/mtr.service`],
          env: { XDG_RUNTIME_DIR: folder, HOME: folder },
        }).output();
        return { success, said: new TextDecoder().decode(stderr) };
      };
      deepEqual(await verify(systemdUnit(commandOf(["record", "--quiet", ...HOSTILE]))), {
        success: true,
        said: "",
      });
      const broken = await verify(systemdUnit(commandOf(["record"], "/nowhere/mtr")));
      equal(broken.success, false, "the check itself works");
      match(broken.said, /\/nowhere\/mtr/);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
});

Deno.test("in the unit specifiers and variables are escaped, the program's own dollars are not", () => {
  const unit = systemdUnit(commandOf(["--data-dir", "$a %b\n"], "/opt/$x/100%/mtr"));
  match(unit, /^ExecStart="\/opt\/\$x\/100%%\/mtr" "--data-dir" "\$\$a %%b\\x0a"$/m);
  match(unit, /^Environment="MTR_DATA_DIR=\/srv\/100%% of it"$/m);
  match(unit, /^Environment="QUOTED=a \\"b\\" c"$/m);
  match(unit, /^Restart=on-failure$/m);
  match(unit, /^WantedBy=default\.target$/m);
});

const READ_PLIST = `
import json, plistlib, sys
print(json.dumps(plistlib.loads(sys.stdin.buffer.read(), fmt=plistlib.FMT_XML)))
`;

Deno.test({
  name: "a property list reader gets from the plist exactly what was meant",
  // Needs Python's plistlib, which reads what plutil reads.
  ignore: python === undefined,
  async fn() {
    const args = ["record", "--quiet", ...HOSTILE];
    const read = new Deno.Command(python ?? "", {
      args: ["-c", READ_PLIST],
      stdin: "piped",
      stdout: "piped",
    }).spawn();
    const writer = read.stdin.getWriter();
    await writer.write(
      new TextEncoder().encode(launchdPlist(commandOf(args, "/a b/mtr"), "/l & g/record.log")),
    );
    await writer.close();
    const plist = JSON.parse(new TextDecoder().decode((await read.output()).stdout));
    const { PATH, ...environment } = plist.EnvironmentVariables;
    match(PATH, /^\/opt\/homebrew\/bin:/);
    deepEqual({ ...plist, EnvironmentVariables: environment }, {
      Label: "mtr.record",
      ProgramArguments: ["/a b/mtr", ...args],
      EnvironmentVariables: { MTR_DATA_DIR: "/srv/100% of it", QUOTED: `a "b" c` },
      RunAtLoad: true,
      KeepAlive: { SuccessfulExit: false },
      ThrottleInterval: 30,
      ExitTimeOut: 90,
      ProcessType: "Interactive",
      StandardOutPath: "/l & g/record.log",
      StandardErrorPath: "/l & g/record.log",
    });
  },
});

Deno.test("the plist is one list, whose elements are closed in order", () => {
  const text = launchdPlist(commandOf(HOSTILE), "/log");
  const open: string[] = [];
  for (const [, close, name = "", empty] of text.matchAll(/<(\/?)([a-z]+)[^>?]*?(\/?)>/g)) {
    if (close) equal(open.pop(), name);
    else if (!empty) open.push(name);
  }
  deepEqual(open, []);
  match(text, /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<!DOCTYPE plist PUBLIC /);
});
