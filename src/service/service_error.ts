import { MtrError } from "../model/mod.ts";

/** The system's service manager is missing, or refuses. */
export class ServiceError extends MtrError {
  readonly exitCode = 1;
}
