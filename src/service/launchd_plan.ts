/** macOS: an agent of the user's own launchd. Pure. */
import { dirname, join } from "node:path";
import type { ServiceCommand, ServicePlan, Step } from "./service_plan.ts";

const LABEL = "mtr.record";
/** An agent's own search path has neither of Homebrew's folders, where mactop is. */
const SEARCH_PATH = "/opt/homebrew/bin:/usr/local/bin:/opt/local/bin:/usr/bin:/bin:/usr/sbin:/sbin";
/** The last fold may take as long before the old one is gone. */
const PATIENCE_MS = 60_000;

export interface LaunchdUser {
  readonly home: string;
  readonly uid: number;
  /** Where the agent's output goes: a file below the state folder. */
  readonly logFile: string;
}

export function launchdPlan(
  command: ServiceCommand,
  { home, uid, logFile }: LaunchdUser,
): ServicePlan {
  const folder = join(home, "Library", "LaunchAgents");
  const file = join(folder, `${LABEL}.plist`);
  const domain = `gui/${uid}`;
  const launchctl = (...args: string[]): Step => ({ argv: ["launchctl", ...args] });
  const bootout = { ...launchctl("bootout", `${domain}/${LABEL}`), mayFail: true };
  const begin = [
    launchctl("enable", `${domain}/${LABEL}`),
    { ...launchctl("bootstrap", domain, file), patienceMs: PATIENCE_MS },
  ];
  return {
    manager: "launchd",
    file,
    text: launchdPlist(command, logFile),
    folders: [folder, dirname(logFile)],
    probe: launchctl("print", domain),
    noSession: ["log in on the machine's own screen, or by screen sharing, and again: mtr install"],
    restart: [bootout, ...begin],
    // An agent that is loaded cannot be loaded again; kickstart starts it where it has been stopped.
    start: [
      { ...launchctl("bootstrap", domain, file), mayFail: true },
      launchctl("kickstart", `${domain}/${LABEL}`),
    ],
    stop: [bootout],
    forget: [],
    log: `tail -f ${
      /^[\w./~-]+$/.test(logFile) ? logFile : `'${logFile.replaceAll("'", `'\\''`)}'`
    }`,
    notes: ["it runs while you are logged in"],
  };
}

/** The property list's text; `plutil -lint` is content with it. */
export function launchdPlist(
  { program, args, environment }: ServiceCommand,
  logFile: string,
): string {
  return [
    `<?xml version="1.0" encoding="UTF-8"?>`,
    `<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">`,
    `<!-- Written by \`mtr install\`; \`mtr uninstall\` removes it. -->`,
    `<plist version="1.0">`,
    ...dict({
      Label: string(LABEL),
      ProgramArguments: array([program, ...args].map(string)),
      EnvironmentVariables: dict(
        mapValues({ PATH: SEARCH_PATH, ...environment }, string),
      ),
      RunAtLoad: ["<true/>"],
      // After a crash, but not after `mtr stop`, which ends it with success.
      KeepAlive: dict({ SuccessfulExit: ["<false/>"] }),
      ThrottleInterval: ["<integer>30</integer>"],
      // The last fold takes seconds.
      ExitTimeOut: ["<integer>90</integer>"],
      // Anything else is throttled, and samples would come late when the machine is busy.
      ProcessType: string("Interactive"),
      StandardOutPath: string(logFile),
      StandardErrorPath: string(logFile),
    }),
    "</plist>",
    "",
  ].join("\n");
}

type Lines = readonly string[];

function dict(entries: Readonly<Record<string, Lines>>): Lines {
  const inner = Object.entries(entries).flatMap((
    [key, lines],
  ) => [`<key>${escaped(key)}</key>`, ...lines]);
  return ["<dict>", ...indented(inner), "</dict>"];
}

function array(items: readonly Lines[]): Lines {
  return ["<array>", ...indented(items.flat()), "</array>"];
}

function string(text: string): Lines {
  return [`<string>${escaped(text)}</string>`];
}

function indented(lines: Lines): Lines {
  return lines.map((line) => `  ${line}`);
}

/** XML has no way at all to write most control characters; no path or option has them. */
function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("\r", "&#13;")
    // deno-lint-ignore no-control-regex -- they are what has to go
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f]/g, "");
}

function mapValues<V, W>(
  record: Readonly<Record<string, V>>,
  change: (value: V) => W,
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
