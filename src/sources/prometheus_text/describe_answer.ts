/** What an answer is, in words, when it is not what was looked for. */
import type { MetricText } from "./parse_metric_text.ts";

/** "an HTML page", "JSON", … for an answer without a single sample. */
export function describeOtherText(text: string, metrics: MetricText): string {
  const start = text.slice(0, 200).trimStart();
  if (start === "") return "an empty answer";
  if (/^<(!doctype|html|head|body|\?xml|!--)/i.test(start)) return "an HTML page";
  if (/^[{[]/.test(start)) return "JSON";
  const line = metrics.firstBadLine ?? start.split("\n", 1)[0] ?? "";
  return `text that is not in the Prometheus format: "${printable(line).slice(0, 60)}"`;
}

/** "a Prometheus endpoint with go_* and promhttp_* families only". */
export function describeFamilies(metrics: MetricText): string {
  return `a Prometheus endpoint with ${familyPrefixes(metrics)} families only`;
}

const MOST_PREFIXES = 5;

/** The first words of the families' names, as in the text: `go_*, process_* and promhttp_*`. */
function familyPrefixes(metrics: MetricText): string {
  const prefixes = [
    ...new Set([...metrics.samples.keys()].map((name) => /^[^_:]*[_:]?/.exec(name)?.[0] + "*")),
  ];
  const more = prefixes.length - MOST_PREFIXES;
  const shown = more > 0 ? [...prefixes.slice(0, MOST_PREFIXES), `${more} other`] : prefixes;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

function printable(line: string): string {
  // deno-lint-ignore no-control-regex -- that is the point: an answer must not steer the terminal
  return line.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}
