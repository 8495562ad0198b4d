/** What the pieces of the native source have in common: a collector fills a draft of the reading. */
import type { ReadingDraft } from "../reading_draft.ts";

/** The moment of a read, as a collector needs it. */
export interface Moment {
  readonly monotonicMs: number;
  readonly wantSeries: boolean;
}

/** One subject (memory, disks, …): how it is found and read. */
export interface Collector {
  /** For the note when it breaks. */
  readonly name: string;
  /** Finds out what this machine has; called at the start and every minute, since devices come and go. */
  discover?(): void;
  /** Adds what is known now. Rates need a call before. */
  collect(draft: ReadingDraft, moment: Moment): void;
  /** Ends what `discover` started. Idempotent. */
  close?(): Promise<void>;
}
