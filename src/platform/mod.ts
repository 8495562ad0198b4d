/** What the operating system is asked for, each behind a small interface so that tests bring their own. */
export * from "./clock.ts";
export * from "./file_lock.ts";
