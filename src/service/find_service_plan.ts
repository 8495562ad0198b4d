import { join } from "node:path";
import { configHome, stateDir } from "../config/mod.ts";
import { launchdPlan } from "./launchd_plan.ts";
import { ServiceError } from "./service_error.ts";
import type { ServiceCommand, ServicePlan } from "./service_plan.ts";
import { systemdPlan } from "./systemd_plan.ts";

export interface ServiceUser {
  readonly os: string;
  /** Of the process; null where there is no such thing. */
  readonly uid: number | null;
  env(name: string): string | undefined;
}

/**
 * This system's way to keep a command running.
 * @throws {ServiceError} where mtr knows none
 */
export function findServicePlan(
  command: ServiceCommand,
  { os, uid, env }: ServiceUser,
): ServicePlan {
  if (os === "darwin") {
    const logFile = join(stateDir(env), "record.log");
    return launchdPlan(command, { home: env("HOME") ?? ".", uid: uid ?? 0, logFile });
  }
  if (os === "linux") {
    return systemdPlan(command, { configHome: configHome(env), name: env("USER") || "$USER" });
  }
  throw new ServiceError(`mtr cannot install itself as a service on ${os}`, [
    "let the system start: mtr record --quiet",
  ]);
}
