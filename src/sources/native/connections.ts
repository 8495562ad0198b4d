/**
 * Established TCP connections, IPv4 and IPv6: CurrEstab of `/proc/net/snmp`, which the kernel keeps as a counter. (Counting the
 * lines of /proc/net/tcp costs milliseconds with thousands of sockets.) It includes those that the other side has closed.
 */
import type { Collector } from "./collector.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { numberOf } from "./numbers.ts";

export function createConnections(proc: KernelFiles): Collector {
  return {
    name: "connections",
    collect(draft) {
      draft.put("connections", parseEstablished(proc.read("net/snmp") ?? ""));
    },
  };
}

export function parseEstablished(text: string): number | undefined {
  // Two lines begin with "Tcp:": the names and, in the same order, the values.
  const start = text.indexOf("Tcp:");
  if (start < 0) return undefined;
  const [names, values] = text.slice(start).split("\n", 2);
  const at = names?.split(" ").indexOf("CurrEstab") ?? -1;
  return at > 0 && values?.startsWith("Tcp:") ? numberOf(values.split(" ")[at]) : undefined;
}
