import { messageOf, MtrError } from "../model/mod.ts";

/** Kinds of the engine's errors that no file can be the reason of. */
const NOT_OF_FILES = /^(Parser|Binder|Catalog|Permission|Interrupt|INTERRUPT|Out of Memory) Error/;

/**
 * Whether an error can come from a damaged file. Looking for one reads every file: not worth it for a misspelt column,
 * a query that was refused or one that took too long.
 */
export function mayBeDamage(error: unknown): boolean {
  let root = error;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  return !(root instanceof MtrError) && !NOT_OF_FILES.test(messageOf(root));
}
