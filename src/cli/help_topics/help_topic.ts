/** Help that is about no single command. Structured, so that the terminal and the man page show the same. */
export interface HelpTopic {
  /** What is typed: `mtr help exit-codes`. */
  readonly name: string;
  /** One line. */
  readonly summary: string;
  readonly sections: readonly HelpSection[];
}

export interface HelpSection {
  readonly heading?: string;
  readonly text?: string;
  readonly rows?: readonly HelpRow[];
}

export type HelpRow = readonly [term: string, meaning: string];
