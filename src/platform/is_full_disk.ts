/** Whether a disk refused for want of room: the file system's, or the user's share of it. */
export function isFullDisk(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ENOSPC" || code === "EDQUOT" ||
    (error instanceof Error && /\(os error (28|122|69)\)/.test(error.message));
}
