/** `mtr record` as a service of the user: what the system needs to start it at login and after a crash. */
export { install, type Machine, uninstall } from "./carry_out.ts";
export { findServicePlan, type ServiceUser } from "./find_service_plan.ts";
export { launchdPlan, launchdPlist } from "./launchd_plan.ts";
export { serviceEnvironment } from "./service_environment.ts";
export { ServiceError } from "./service_error.ts";
export type { ServiceCommand, ServicePlan, Step } from "./service_plan.ts";
export { systemdPlan, systemdUnit } from "./systemd_plan.ts";
