/** What a system's service manager needs to keep `mtr record` running: a file, and commands around it. */

/** What is to run, and with which environment. */
export interface ServiceCommand {
  /** Absolute path. */
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

export interface Step {
  readonly argv: readonly string[];
  /** Whether the plan goes on when it fails: nothing was there to be stopped. */
  readonly mayFail?: boolean;
  /** Tries again for so long: launchd refuses a start while the last one is still ending. */
  readonly patienceMs?: number;
}

/** One service manager's way; pure, so that `--dry-run` shows exactly what would be done. */
export interface ServicePlan {
  readonly manager: "systemd" | "launchd";
  /** Where the service's file goes. */
  readonly file: string;
  readonly text: string;
  /** Folders that have to be there. */
  readonly folders: readonly string[];
  /** Succeeds where this user's services can be managed from here. */
  readonly probe: Step;
  /** Said when the probe fails. */
  readonly noSession: readonly string[];
  /** After the file was written for the first time, or changed. */
  readonly restart: readonly Step[];
  /** Where the file was there already, as it should be. */
  readonly start: readonly Step[];
  /** Before the file is removed, and after. */
  readonly stop: readonly Step[];
  readonly forget: readonly Step[];
  /** How to read what it has to say: a command. */
  readonly log: string;
  /** What a user should know about when it runs. */
  readonly notes: readonly string[];
}
