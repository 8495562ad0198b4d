/** Linux: a unit of the user's own systemd. Pure. */
import { join } from "node:path";
import type { ServiceCommand, ServicePlan } from "./service_plan.ts";

const UNIT = "mtr.service";

export interface SystemdUser {
  /** $XDG_CONFIG_HOME or ~/.config. */
  readonly configHome: string;
  readonly name: string;
}

export function systemdPlan(command: ServiceCommand, user: SystemdUser): ServicePlan {
  const folder = join(user.configHome, "systemd", "user");
  const systemctl = (...args: string[]) => ({ argv: ["systemctl", "--user", ...args] });
  const ready = [systemctl("daemon-reload"), systemctl("enable", UNIT)];
  return {
    manager: "systemd",
    file: join(folder, UNIT),
    text: systemdUnit(command),
    folders: [folder],
    probe: systemctl("show-environment"),
    noSession: [
      `let this user's services run without a login: sudo loginctl enable-linger ${user.name}`,
      "then log in directly (not with su or sudo), and again: mtr install",
    ],
    restart: [...ready, systemctl("restart", UNIT)],
    start: [...ready, systemctl("start", UNIT)],
    stop: [{ ...systemctl("disable", "--now", UNIT), mayFail: true }],
    forget: [systemctl("daemon-reload"), { ...systemctl("reset-failed", UNIT), mayFail: true }],
    log: `journalctl --user -u ${UNIT}`,
    notes: [
      "it runs while you are logged in; from boot on, and after logout:",
      `  sudo loginctl enable-linger ${user.name}`,
    ],
  };
}

/** The unit's text; `systemd-analyze --user verify` is content with it. */
export function systemdUnit({ program, args, environment }: ServiceCommand): string {
  const exec = [
    quoted(program, { dollars: false }),
    ...args.map((arg) => quoted(arg, { dollars: true })),
  ];
  const variables = Object.entries(environment).map(([name, value]) =>
    `Environment=${quoted(`${name}=${value}`, { dollars: false })}`
  );
  return [
    "# Written by `mtr install`; `mtr uninstall` removes it.",
    "[Unit]",
    "Description=mtr: records this machine's metrics",
    "# However often it fails (a source that is not there yet), it is tried again.",
    "StartLimitIntervalSec=0",
    "",
    "[Service]",
    "Type=exec",
    `ExecStart=${exec.join(" ")}`,
    ...variables,
    "# Not after `mtr stop`, which ends it with success.",
    "Restart=on-failure",
    "RestartSec=30",
    "# The recorder ends its children itself, after their last words; the last fold takes seconds.",
    "KillMode=mixed",
    "TimeoutStopSec=90",
    "",
    "[Install]",
    "WantedBy=default.target",
    "",
  ].join("\n");
}

/**
 * A word as systemd reads it back. `%` begins a specifier everywhere, `$` a variable in arguments only (systemd.service(5),
 * "Command lines"; systemd.syntax(7), "Quoting").
 */
function quoted(word: string, { dollars }: { readonly dollars: boolean }): string {
  const escaped = word
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("%", "%%")
    // deno-lint-ignore no-control-regex -- they are what has to be escaped
    .replace(/[\x01-\x1f\x7f]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, "0")}`);
  return `"${dollars ? escaped.replaceAll("$", "$$$$") : escaped}"`;
}
