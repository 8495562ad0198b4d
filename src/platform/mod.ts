/** What the operating system is asked for, each behind a small interface so that tests bring their own. */
export * from "./clock.ts";
export * from "./file_lock.ts";
export * from "./disk.ts";
export { type AppendFile, LocalAppendFile, type RawFile } from "./append_file.ts";
export * from "./fail_points.ts";
export * from "./is_full_disk.ts";
export * from "./machine.ts";
export * from "./on_abort.ts";
export * from "./process_cost.ts";
export * from "./self_command.ts";
export * from "./stop_signals.ts";
export * from "./terminal.ts";
export * from "./time_zone.ts";
export * from "./http_get.ts";
export * from "./child_program.ts";
export * from "./find_program.ts";
export * from "./run_program.ts";
