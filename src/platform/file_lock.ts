/**
 * Locks that the kernel frees when their holder dies, however it dies: flock(2) on a file that stays.
 *
 * Called through the C library because Deno 2.6 has no non-blocking lock, and a lock that is waited for in a thread
 * cannot be given up.
 */
import { cString, libc } from "./libc.ts";

export type LockMode = "shared" | "exclusive";

/** A held lock; `release` (or the end of the process) frees it. */
export interface FileLock extends Disposable {
  release(): void;
}

const LOCK_SH = 1;
const LOCK_EX = 2;
const LOCK_NB = 4;
const LOCK_UN = 8;
const O_RDONLY = 0;
const O_RDWR = 2;
const O_CLOEXEC = Deno.build.os === "darwin" ? 0x1000000 : 0o2000000;
const POLL_MS = 10;

/**
 * Takes the lock if it is free now; null while another process (or another call) holds it in a mode that excludes this.
 * The file is created when the folder allows it; a reader of a read-only folder locks the file that is there.
 */
export function tryLock(path: string, mode: LockMode): FileLock | null {
  const refusal = ensureFile(path);
  const fd = openForLock(path);
  if (fd < 0) throw refusal ?? new Deno.errors.NotFound(`cannot open the lock file ${path}`);
  if (libc().flock(fd, (mode === "shared" ? LOCK_SH : LOCK_EX) | LOCK_NB) !== 0) {
    libc().close(fd);
    return null;
  }
  let held = true;
  const release = () => {
    if (held) free(fd);
    held = false;
  };
  return { release, [Symbol.dispose]: release };
}

/**
 * A child process that another thread is starting has the descriptor too until its program is loaded, and with it the lock:
 * closing alone would free it only then.
 */
function free(fd: number): void {
  libc().flock(fd, LOCK_UN);
  libc().close(fd);
}

/**
 * Network file systems (NFS) lock exclusively only what is open for writing; what may only be read can at least be locked
 * as such on local ones. Close-on-exec keeps child processes from inheriting the lock.
 */
function openForLock(path: string): number {
  const fd = libc().open(cString(path), O_RDWR | O_CLOEXEC);
  return fd >= 0 ? fd : libc().open(cString(path), O_RDONLY | O_CLOEXEC);
}

/** Waits for the lock, at most `timeoutMs`; null when it was not to be had. */
export async function waitForLock(
  path: string,
  mode: LockMode,
  timeoutMs: number,
): Promise<FileLock | null> {
  const giveUpAt = performance.now() + timeoutMs;
  while (true) {
    const lock = tryLock(path, mode);
    if (lock || performance.now() >= giveUpAt) return lock;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Returns why it could not be made: a folder that may only be read can still be locked if the file is there. */
function ensureFile(path: string): unknown {
  try {
    Deno.openSync(path, { create: true, append: true }).close();
    return undefined;
  } catch (error) {
    if (!isReadOnly(error)) throw error;
    return error;
  }
}

function isReadOnly(error: unknown): boolean {
  return error instanceof Deno.errors.PermissionDenied ||
    (error instanceof Error && "code" in error && error.code === "EROFS");
}
