const FIFTY_YEARS_MS = 50 * 365.25 * 86_400_000;

/** Runs something at a moment of the past, by which only the days before it are over. */
export async function whileItIs<Result>(
  nowMs: number,
  run: () => Promise<Result>,
): Promise<Result> {
  return await withClock(() => nowMs, run);
}

/**
 * Runs something with a clock of fifty years ago, by which no day of a test is over: to roll a day up takes several times
 * as long as to fold it. For tests that are about something else.
 */
export async function whileDaysLast<Result>(run: () => Promise<Result>): Promise<Result> {
  const { now } = Date;
  return await withClock(() => now() - FIFTY_YEARS_MS, run);
}

async function withClock<Result>(
  clock: () => number,
  run: () => Promise<Result>,
): Promise<Result> {
  const { now } = Date;
  Date.now = clock;
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}
