import { UsageError } from "../model/mod.ts";

/**
 * The address of metrics that a user means: `host:9100` and `http://host:9100` are `http://host:9100/metrics`.
 * @throws {UsageError} when it is no HTTP address at all
 */
export function metricsAddress(typed: string): string {
  const withScheme = typed.includes("://") ? typed : `http://${typed}`;
  const url = URL.parse(withScheme.trim());
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === "") {
    throw new UsageError(`\`${typed}\` is not the address of metrics`, [
      "for example: --url http://localhost:9100/metrics",
    ]);
  }
  url.hash = "";
  if (url.pathname === "/" && url.search === "") url.pathname = "/metrics";
  return url.href;
}
