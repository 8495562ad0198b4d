import { messageOf, MtrError } from "../model/mod.ts";

/** Kinds of the engine's errors that no file can be the reason of. */
const NOT_OF_FILES = /^(Permission|Interrupt|INTERRUPT|Out of Memory) Error/;
/** Kinds that what people write is the reason of; of mtr's own questions it is a file whose columns are not as they were. */
const OF_QUESTIONS = /^(Parser|Binder|Catalog) Error/;

/**
 * Whether an error can come from a damaged file. Looking for one reads every file: not worth it for a misspelt column,
 * a query that was refused or one that took too long.
 * @param isOwn whether the question is mtr's own, and right
 */
export function mayBeDamage(error: unknown, isOwn = false): boolean {
  let root = error;
  while (root instanceof Error && root.cause !== undefined) root = root.cause;
  const message = messageOf(root);
  if (root instanceof MtrError || NOT_OF_FILES.test(message)) return false;
  return isOwn || !OF_QUESTIONS.test(message);
}
