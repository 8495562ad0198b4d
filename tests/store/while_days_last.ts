const FIFTY_YEARS_MS = 50 * 365.25 * 86_400_000;

/**
 * Runs something with a clock of fifty years ago, by which no day of a test is over: to roll a day up takes several times
 * as long as to fold it. For tests that are about something else.
 */
export async function whileDaysLast<Result>(run: () => Promise<Result>): Promise<Result> {
  const { now } = Date;
  Date.now = () => now() - FIFTY_YEARS_MS;
  try {
    return await run();
  } finally {
    Date.now = now;
  }
}
