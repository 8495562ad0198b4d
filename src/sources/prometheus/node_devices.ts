/**
 * Which of node_exporter's devices count towards the machine's total, so that nothing is counted twice. The native source
 * asks sysfs for that; here only the names tell.
 */
import type { MetricSample } from "../prometheus_text/scan_line.ts";
import type { Counts } from "../native/counters.ts";
import type { DeviceKind } from "./node_exporter_table.ts";

/** Volatile, layered on other disks, a path of a multipath NVMe, or not a disk. */
const NOT_A_DISK = /^(loop|ram|zram|dm-|md|sr|fd|nbd|bcache|drbd)\d|^nvme\d+c\d+n\d+|boot\d$/;
const PARTITION = /^((sd|vd|xvd|hd)[a-z]+\d+|(nvme\d+n\d+|mmcblk\d+)p\d+|disk\d+s\d+)$/;

/** Loopback, bridges, bonds, tunnels, VLANs and containers' ends: what they carry passes through a real one, or nowhere. */
const VIRTUAL_INTERFACE = new RegExp(
  "^(lo|veth|docker|br-|br\\d|bridge|virbr|vmbr|fwbr|fwln|fwpr|vnet|vmnet|vmenet|tun|tap|utun|wg|tailscale|zt|ppp|ipsec" +
    "|cni|flannel|cali|cilium|lxc|lxdbr|podman|kube|nodelocaldns|vxlan|geneve|gre|sit|ip6tnl|tunl|erspan|dummy|ifb" +
    "|bond|team|macvlan|macvtap|awdl|llw|gif|stf|anpi|ap\\d)|\\.\\d+$",
);

interface Rule {
  readonly isPreferred: (name: string) => boolean;
  /** Decides only where there is no preferred device at all, as in some virtual machines and containers. */
  readonly isPossible: (name: string) => boolean;
}

const RULES: Readonly<Record<DeviceKind, Rule>> = {
  disk: {
    isPreferred: (name) => !NOT_A_DISK.test(name) && !PARTITION.test(name),
    isPossible: (name) => !NOT_A_DISK.test(name),
  },
  interface: {
    isPreferred: (name) => !VIRTUAL_INTERFACE.test(name),
    isPossible: (name) => !/^lo\d*$/.test(name),
  },
  power_domain: {
    // `intel-rapl-mmio:0` is the same package, seen another way.
    isPreferred: (name) => !name.includes("mmio"),
    isPossible: () => true,
  },
};

/** The counters that count, by device; all of a family where no kind is given. */
export function countersOf(samples: readonly MetricSample[], kind?: DeviceKind): Counts {
  const all: (readonly [device: string, counters: readonly number[]])[] = [];
  for (const { labels, value } of samples) {
    const device = labels.get("device") ?? [...labels.values()].join(" ");
    if (Number.isFinite(value)) all.push([device, [value]]);
  }
  if (kind === undefined) return new Map(all);
  const { isPreferred, isPossible } = RULES[kind];
  const preferred = all.filter(([device]) => isPreferred(device));
  return new Map(preferred.length > 0 ? preferred : all.filter(([device]) => isPossible(device)));
}
