/** Why mactop cannot be recorded from, and what to do: every refusal of `open`. Pure. */
import { SourceError } from "../../model/mod.ts";
import { describeFamilies } from "../prometheus_text/describe_answer.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { Scrape } from "../prometheus_text/metrics_endpoint.ts";
import { type MactopProgram, versionToString } from "./mactop_program.ts";

const MACTOP_SITE = "https://github.com/metaspartan/mactop";

export function notInstalled(address: string, isMac: boolean): SourceError {
  const light = isMac ? "     (CPU, memory, swap and load only)" : "";
  return new SourceError(
    `nothing answers at ${address} and no \`mactop\` is on the PATH`,
    [
      `mactop gives the Apple-silicon metrics that mtr records: ${MACTOP_SITE}`,
      "install it:        brew install mactop",
      `or do without it:  mtr record --source native${light}`,
    ],
  );
}

/** Nobody there, at an address that the user gave: nothing is started for that. */
export function silentAddress(reason: string): SourceError {
  return new SourceError(reason, [
    "start mactop there:  mactop --headless --prometheus PORT   (2.1.4 and later)",
    "or on this machine let mtr start it:  mtr record, without --url",
  ]);
}

/** Something listens on the port but gives no answer. */
export function silentPort(port: number, reason: string): SourceError {
  return new SourceError(`port ${port} is in use, but gives no metrics: ${reason}`, [
    `let mactop use another port:  mtr record --port ${port + 1}`,
  ]);
}

/** What was found instead of mactop. `place` is "port 8888" or the address. */
export function notMactop(
  found: Exclude<Scrape, { state: "silent" }>,
  place: string,
  context: { url: string; port: number | undefined; installed: MactopProgram | undefined },
): SourceError {
  if (found.state === "other") {
    const other = context.port === undefined
      ? "is the address right? mactop serves http://HOST:PORT/metrics"
      : `let mactop use another port:  mtr record --port ${context.port + 1}`;
    return new SourceError(`${place} answers, but not as mactop: ${detail(found)}`, [other]);
  }
  const what = describeFamilies(found.metrics);
  const hints = isBareGoProgram(found.metrics)
    ? headlessHints(context.installed)
    : [`record that exporter as it is:  mtr record --source prometheus --url ${context.url}`];
  return new SourceError(`${place} answers, but not as mactop: it is ${what}`, hints);
}

function detail(found: Extract<Scrape, { state: "other" }>): string {
  return found.isAnswer ? `it is ${found.what}` : found.what;
}

/** What every Go program's default registry serves, and `mactop --headless` up to 2.1.3 nothing else. */
function isBareGoProgram({ samples }: MetricText): boolean {
  return [...samples.keys()].every((name) => /^(go|process|promhttp)_/.test(name));
}

function headlessHints(installed: MactopProgram | undefined): string[] {
  const version = installed?.version ? `; yours says v${versionToString(installed.version)}` : "";
  return [
    `\`mactop --headless\` up to 2.1.3 serves none of its own metrics${version}`,
    "update it (brew upgrade mactop), or stop it and let mtr start it: mtr record",
  ];
}

/** mactop was started, and ended before it had anything to say. */
export function endedAtOnce(name: string, ending: string, needsRoot: boolean): SourceError {
  const hints = needsRoot
    ? ["versions from 0.2.5 on need no root:  brew upgrade mactop"]
    : ["does it run by itself?  mactop --headless --count 1"];
  return new SourceError(`${name} was started, but ended: ${ending}`, hints);
}

/** mactop runs, but its port stays dead. */
export function neverAnswered(name: string, address: string, seconds: number): SourceError {
  return new SourceError(
    `${name} was started, but does not answer at ${address} after ${seconds} s`,
    [
      "mactop says why in its log: ~/.mactop/mactop.log, or below ~/.local/state/mactop",
    ],
  );
}

export function cannotStart(name: string, reason: string): SourceError {
  return new SourceError(`${name} cannot be started: ${reason}`, [
    "or do without it:  mtr record --source native",
  ]);
}
