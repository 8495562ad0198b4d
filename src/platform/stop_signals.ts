/** The signals that end a recording, and the hang-up that must not when nohup said so. */

export interface StopRequest {
  /** Aborted at the first SIGINT, SIGTERM or SIGHUP. */
  readonly signal: AbortSignal;
  /** Stops listening, so that the process can end. */
  dispose(): void;
}

/**
 * Turns the first stop signal into an abort, and a second SIGINT into `onSecondInterrupt`.
 * SIGHUP is left without effect where it was ignored when the process started: any listener of Deno undoes what
 * nohup arranged, and Deno 2.9 dies of it even without one.
 */
export function listenForStop(onSecondInterrupt: () => void): StopRequest {
  const controller = new AbortController();
  const nohup = hangupIgnored();
  const stop = () => controller.abort();
  const interrupt = () => controller.signal.aborted ? onSecondInterrupt() : stop();
  const hangup = nohup ? () => {} : stop;
  Deno.addSignalListener("SIGINT", interrupt);
  Deno.addSignalListener("SIGTERM", stop);
  Deno.addSignalListener("SIGHUP", hangup);
  return {
    signal: controller.signal,
    dispose() {
      Deno.removeSignalListener("SIGINT", interrupt);
      Deno.removeSignalListener("SIGTERM", stop);
      Deno.removeSignalListener("SIGHUP", hangup);
    },
  };
}

const SIGHUP_BIT = 1n;

/** Whether this process was started with SIGHUP ignored. */
function hangupIgnored(): boolean {
  const mask = Deno.build.os === "linux" ? ignoredOnLinux() : ignoredOnMac();
  return mask !== undefined && (BigInt(`0x${mask}`) & SIGHUP_BIT) !== 0n;
}

function ignoredOnLinux(): string | undefined {
  return /^SigIgn:\s*([0-9a-f]+)/m.exec(Deno.readTextFileSync("/proc/self/status"))?.[1];
}

function ignoredOnMac(): string | undefined {
  try {
    const args = ["-o", "sigignore=", "-p", String(Deno.pid)];
    const { stdout } = new Deno.Command("ps", { args, stderr: "null" }).outputSync();
    return /^\s*([0-9a-f]+)\s*$/i.exec(new TextDecoder().decode(stdout))?.[1];
  } catch {
    return undefined;
  }
}
