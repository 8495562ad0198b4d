/**
 * The lock between readers, who share it for a whole question, and a fold, which needs it alone for one rename. Readers
 * that follow each other closely would keep a fold out for ever, so everybody comes in through a gate, and a fold that
 * waits keeps it shut.
 */
import { StoreError } from "../model/mod.ts";
import type { DataFolder } from "../journal/mod.ts";
import { type FileLock, waitForLock } from "../platform/mod.ts";

/** Longer than any fold holds the lock or keeps the gate shut. */
const READER_TIMEOUT_MS = 30_000;
/** So long a fold keeps new readers out for the slowest of those inside; then it lets them pass and tries again. */
const PUSH_MS = 5000;
const PAUSE_MS = 1000;
const FOLD_TIMEOUT_MS = 60_000;

/**
 * Keeps folds from replacing files until it is released.
 * @throws {StoreError} when a fold holds the store for too long
 */
export async function lockForReading(folder: DataFolder): Promise<FileLock> {
  let lock: FileLock | null;
  try {
    using _gate = await passGate(folder);
    lock = await waitForLock(folder.foldLock, "shared", READER_TIMEOUT_MS);
  } catch {
    // A folder that cannot be written and has no lock file: nobody folds there either.
    return { release() {}, [Symbol.dispose]() {} };
  }
  if (lock) return lock;
  throw new StoreError(
    `the store ${folder.path} was locked by a fold for ${READER_TIMEOUT_MS / 1000} s`,
    ["try again; if it stays so, see which process holds fold.lock: lsof " + folder.foldLock],
  );
}

/**
 * Keeps readers out until it is released.
 * @throws {StoreError} when readers hold the store for too long
 */
export async function lockForReplacing(folder: DataFolder): Promise<FileLock> {
  const giveUpAt = performance.now() + FOLD_TIMEOUT_MS;
  while (performance.now() < giveUpAt) {
    {
      using _gate = await waitForLock(folder.gateLock, "exclusive", PUSH_MS);
      const lock = await waitForLock(folder.foldLock, "exclusive", PUSH_MS);
      if (lock) return lock;
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new StoreError(
    `readers held the store for ${FOLD_TIMEOUT_MS / 1000} s; the rows stay in the journal`,
    ["the next fold takes them: mtr fold"],
  );
}

/** Null in a folder that may only be read and has no gate: whoever cannot make one need not wait at it. */
async function passGate(folder: DataFolder): Promise<FileLock | null> {
  try {
    return await waitForLock(folder.gateLock, "shared", READER_TIMEOUT_MS);
  } catch {
    return null;
  }
}
