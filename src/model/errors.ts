/**
 * Errors by who must act. The message says what happened, with the value; `hints` are the next lines on the screen:
 * what it means and what to do next. One place (main.ts) maps the class to an exit code.
 */
export abstract class MtrError extends Error {
  abstract readonly exitCode: number;

  constructor(message: string, readonly hints: readonly string[] = [], options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The command line is wrong: unknown option, bad value, unknown metric. */
export class UsageError extends MtrError {
  readonly exitCode = 2;
}

/** Nothing was recorded in the range asked for. */
export class NoDataError extends MtrError {
  readonly exitCode = 3;
}

/** A source cannot give what was asked of it. */
export class SourceError extends MtrError {
  readonly exitCode = 1;
}

/** The data folder cannot be read or written. */
export class StoreError extends MtrError {
  readonly exitCode = 1;
}

/** A query was refused or failed; the message carries the SQL with a caret where the engine gave a place. */
export class QueryError extends MtrError {
  readonly exitCode = 1;
}

/** A condition that `--fail-on` named is met: the work was done, and the answer is the bad one. */
export class ConditionMetError extends MtrError {
  readonly exitCode = 4;
}

/** What the operating system says of a file, without its number and the name of the call: who shows it has said which file. */
export function systemReason(thrown: unknown): string {
  return messageOf(thrown).replace(/ \(os error \d+\)(: .*)?$/s, "");
}

/** What to show of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
