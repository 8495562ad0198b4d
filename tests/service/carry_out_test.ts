import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { localDisk } from "../../src/platform/mod.ts";
import {
  findServicePlan,
  install,
  type Machine,
  serviceEnvironment,
  ServiceError,
  type ServicePlan,
  uninstall,
} from "../../src/service/mod.ts";

const COMMAND = { program: "/opt/mtr", args: ["record", "--quiet"], environment: {} };

interface FakeMachine extends Machine {
  /** What was run, a line each. */
  readonly ran: string[];
}

/** A machine whose programs answer by rule, and whose waits take no time. */
function fakeMachine(
  answer: (line: string) => string | null | undefined = () => undefined,
): FakeMachine {
  const ran: string[] = [];
  return {
    ran,
    disk: localDisk,
    sleep: () => Promise.resolve(),
    run(argv) {
      const line = argv.join(" ");
      ran.push(line);
      const failure = answer(line);
      if (failure === null) return Promise.resolve(null);
      return Promise.resolve({ success: failure === undefined, said: failure ?? "" });
    },
  };
}

async function withPlan(
  os: "linux" | "darwin",
  use: (plan: ServicePlan, home: string) => Promise<void>,
): Promise<void> {
  const home = Deno.makeTempDirSync({ prefix: "mtr-test-" });
  const env = (name: string) => ({ HOME: home, USER: "me" })[name];
  try {
    await use(findServicePlan(COMMAND, { os, uid: 501, env }), home);
  } finally {
    Deno.removeSync(home, { recursive: true });
  }
}

Deno.test("systemd: installing writes the unit, enables and starts it; a second time changes nothing", () =>
  withPlan("linux", async (plan, home) => {
    equal(plan.file, `${home}/.config/systemd/user/mtr.service`);
    const first = fakeMachine();
    equal(await install(plan, first), "written");
    equal(Deno.readTextFileSync(plan.file), plan.text);
    deepEqual(first.ran, [
      "systemctl --user show-environment",
      "systemctl --user daemon-reload",
      "systemctl --user enable mtr.service",
      "systemctl --user restart mtr.service",
    ]);
    const second = fakeMachine();
    equal(await install(plan, second), "unchanged");
    equal(second.ran.includes("systemctl --user restart mtr.service"), false);
    equal(second.ran.at(-1), "systemctl --user start mtr.service");
    const third = fakeMachine();
    equal(await install({ ...plan, text: plan.text + "# other\n" }, third), "changed");
    equal(third.ran.at(-1), "systemctl --user restart mtr.service");
  }));

Deno.test("systemd: uninstalling stops it and removes the unit; a second time there is nothing", () =>
  withPlan("linux", async (plan) => {
    await install(plan, fakeMachine());
    const machine = fakeMachine((line) => line.includes("reset-failed") ? "not loaded" : undefined);
    equal(await uninstall(plan, machine), true);
    deepEqual(machine.ran, [
      "systemctl --user show-environment",
      "systemctl --user disable --now mtr.service",
      "systemctl --user daemon-reload",
      "systemctl --user reset-failed mtr.service",
    ]);
    equal(localDisk.readText(plan.file), undefined);
    const again = fakeMachine();
    equal(await uninstall(plan, again), false);
    deepEqual(again.ran, []);
  }));

Deno.test("launchd: an old agent is unloaded first, and a start waits until it is gone", () =>
  withPlan("darwin", async (plan, home) => {
    equal(plan.file, `${home}/Library/LaunchAgents/mtr.record.plist`);
    match(plan.text, new RegExp(`${home}/\\.local/state/mtr/record\\.log`));
    let refusals = 3;
    const machine = fakeMachine((line) => {
      if (line.startsWith("launchctl bootout")) return "no such process";
      if (line.startsWith("launchctl bootstrap") && refusals-- > 0) return "Input/output error";
      return undefined;
    });
    equal(await install(plan, machine), "written");
    const bootstrap = `launchctl bootstrap gui/501 ${plan.file}`;
    deepEqual(machine.ran, [
      "launchctl print gui/501",
      "launchctl bootout gui/501/mtr.record",
      "launchctl enable gui/501/mtr.record",
      ...Array(4).fill(bootstrap),
    ]);
    equal(Deno.statSync(`${home}/.local/state/mtr`).isDirectory, true);
  }));

Deno.test("launchd: where it is loaded already, a second install starts it at most", () =>
  withPlan("darwin", async (plan) => {
    await install(plan, fakeMachine());
    const machine = fakeMachine((line) =>
      line.includes("bootstrap") ? "already loaded" : undefined
    );
    equal(await install(plan, machine), "unchanged");
    equal(machine.ran.at(-1), "launchctl kickstart gui/501/mtr.record");
  }));

Deno.test("without a session, or without a service manager, nothing is changed, and it says what to do", () =>
  withPlan("linux", async (plan) => {
    const noSession = fakeMachine(() => "Failed to connect to bus: No medium found");
    await rejects(install(plan, noSession), (error) => {
      equal(error instanceof ServiceError && error.exitCode, 1);
      const { message, hints } = error as ServiceError;
      match(message, /systemd cannot be reached for this user: Failed to connect to bus/);
      match(hints.join("\n"), /loginctl enable-linger me/);
      return true;
    });
    await rejects(install(plan, fakeMachine(() => null)), /systemctl is not on the PATH/);
    equal(localDisk.readText(plan.file), undefined);
  }));

Deno.test("a step that fails is named with what it said, the file and the log", () =>
  withPlan("linux", async (plan) => {
    const machine = fakeMachine((line) => line.includes("restart") ? "Job failed" : undefined);
    await rejects(install(plan, machine), (error) => {
      const { message, hints } = error as ServiceError;
      equal(message, "systemctl --user restart mtr.service: Job failed");
      match(hints.join("\n"), /mtr\.service\n.*journalctl --user -u mtr\.service/);
      return true;
    });
  }));

Deno.test("a folder that cannot be written is said so", () =>
  withPlan("linux", async (plan, home) => {
    Deno.writeTextFileSync(`${home}/.config`, "a file in the way");
    await rejects(install(plan, fakeMachine()), /mtr\.service can't be written: /);
  }));

Deno.test("on other systems there is no plan", () => {
  const user = { os: "freebsd", uid: 0, env: () => undefined };
  throws(() => findServicePlan(COMMAND, user), /on freebsd/);
});

Deno.test("the service sees where to record and how, and never a key", () => {
  const shell: Record<string, string> = {
    MTR_DATA_DIR: "/srv/metrics",
    MTR_CONFIG: "/etc/mtr.toml",
    MTR_RECORD_INTERVAL: "5s",
    MTR_RECORD_PORT: "",
    MTR_LLM_API_KEY: "secret",
    MTR_LLM_MODEL: "m",
    XDG_DATA_HOME: "/data",
    XDG_CACHE_HOME: "relative",
    PATH: "/bin",
  };
  deepEqual(serviceEnvironment((name) => shell[name]), {
    MTR_CONFIG: "/etc/mtr.toml",
    MTR_DATA_DIR: "/srv/metrics",
    XDG_DATA_HOME: "/data",
    MTR_RECORD_INTERVAL: "5s",
  });
});
