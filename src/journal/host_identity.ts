/** Who this machine is in a data folder. */
import type { DataFolder, FolderInfo, Host } from "./data_folder.ts";

/** What is known of the machine that wants to record. */
export interface Machine {
  readonly name: string;
  /** The system's id of the machine; null where it has none. */
  readonly id: string | null;
  /** Set by `--host`: the rows belong to this name, whatever machine records them. */
  readonly givenName: string | undefined;
}

/**
 * The host entry of a machine: the one it had before, even under another name, else a new one with an id that is free.
 * @param info what the folder's mtr.json says
 */
export async function identifyHost(info: FolderInfo, machine: Machine): Promise<Host> {
  const name = machine.givenName ?? machine.name;
  const fingerprint = machine.givenName || machine.id === null
    ? null
    : await shortHash(`mtr:${machine.id}`);
  const known = info.hosts.find((host) =>
    fingerprint ? host.machine === fingerprint : host.machine === null && host.name === name
  );
  if (known) return known;
  const recovered = info.hosts.find((host) => host.recovered && host.id === slug(name));
  if (recovered) {
    const { recovered: _, ...host } = recovered;
    return { ...host, name, machine: fingerprint };
  }
  return {
    id: freeId(slug(name), info.hosts),
    name,
    machine: fingerprint,
    created: new Date().toISOString(),
    last_seq: 0,
    boot_id: null,
  };
}

/**
 * The host entry of a machine, written into mtr.json in the same step: two machines of one name that start together on a
 * shared folder do not become one host.
 */
export async function claimHost(folder: DataFolder, machine: Machine): Promise<Host> {
  const info = await folder.updateInfo(async (info) =>
    withHost(info, await identifyHost(info, machine))
  );
  return await identifyHost(info, machine);
}

/** Writes what is new of a host into mtr.json and keeps the other hosts as they are. */
export async function rememberHost(folder: DataFolder, host: Host): Promise<void> {
  await folder.updateInfo((info) => withHost(info, host));
}

function withHost(info: FolderInfo, host: Host): FolderInfo {
  const known = info.hosts.find(({ id }) => id === host.id);
  // A recorder writes what it knew at its start; a number that was raised since must not fall back.
  const last_seq = Math.max(host.last_seq, known?.last_seq ?? 0);
  const others = info.hosts.filter(({ id }) => id !== host.id);
  return { ...info, hosts: [...others, { ...host, last_seq }] };
}

/** Lower-case letters, digits and single dashes: fit for a path on every file system. */
export function slug(name: string): string {
  // Cut before the dashes at the ends are removed: a cut may leave one.
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-/, "").slice(0, 40)
    .replace(/-$/, "") || "host";
}

function freeId(wanted: string, hosts: readonly Host[]): string {
  const taken = new Set(hosts.map((host) => host.id));
  if (!taken.has(wanted)) return wanted;
  for (let n = 2;; n++) {
    if (!taken.has(`${wanted}-${n}`)) return `${wanted}-${n}`;
  }
}

/** Twelve hex digits: enough to tell a user's machines apart, too few to give the machine's id away. */
async function shortHash(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).slice(0, 6).toHex();
}
