/** Network traffic from `/proc/net/dev`, per interface and summed. */
import type { Collector } from "./collector.ts";
import { CounterMeter, type Counts } from "./counters.ts";
import { DeviceFilter } from "./device_filter.ts";
import type { KernelFiles } from "./kernel_files.ts";

export function createNetwork(proc: KernelFiles, sys: KernelFiles): Collector {
  const meter = new CounterMeter();
  // Apart, so that a series value is the mean since the last series value, not a snapshot of one second.
  const seriesMeter = new CounterMeter();
  const filter = new DeviceFilter({
    // Bridges, bonds, tunnels and containers' ends have no device of their own: what they carry passes through one that has.
    isPreferred: (name) => sys.exists(`class/net/${name}/device`),
    isPossible: (name) => name !== "lo",
  });
  return {
    name: "network",
    discover: () => filter.forget(),
    collect(draft, { monotonicMs, wantSeries }) {
      const interfaces = filter.choose(
        parseInterfaces(proc.read("net/dev") ?? "", filter.mayCount),
      );
      const total = meter.growth(interfaces, monotonicMs)?.total;
      draft.put("net_rx_bytes_per_s", total?.[0]);
      draft.put("net_tx_bytes_per_s", total?.[1]);
      if (!wantSeries) return;
      for (const [name, rates] of seriesMeter.growth(interfaces, monotonicMs)?.perDevice ?? []) {
        draft.putSeries("if_rx_bytes_per_s", name, rates[0]);
        draft.putSeries("if_tx_bytes_per_s", name, rates[1]);
      }
    },
  };
}

/** Per interface: bytes received, bytes sent. */
export function parseInterfaces(
  text: string,
  isWanted: (name: string) => boolean = () => true,
): Counts {
  const interfaces = new Map<string, readonly number[]>();
  for (const line of text.split("\n")) {
    // The first column may touch the colon ("eth0:123"), and a name may hold colons itself ("eth0:1").
    const colon = line.lastIndexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim();
    if (name === "" || !isWanted(name)) continue;
    const columns = line.slice(colon + 1).trim().split(/ +/);
    if (columns.length < 16) continue;
    const counters = [Number(columns[0]), Number(columns[8])];
    if (counters.every(Number.isFinite)) interfaces.set(name, counters);
  }
  return interfaces;
}
