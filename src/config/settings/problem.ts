/** Something wrong with what the user set: where, what, and what to do about it. */
export interface Problem {
  /** `record.interval = "soon" is not allowed` */
  readonly text: string;
  readonly hint: string;
  /** `config.toml:4`, or the variable's name. */
  readonly place: string;
}

/** What one layer says: the values that are fine, and the problems. */
export interface Layer {
  readonly values: ReadonlyMap<string, LayerValue>;
  readonly problems: readonly Problem[];
}

export interface LayerValue {
  readonly value: unknown;
  /** Where it was set: `config.toml:4`, or the variable's name. */
  readonly place: string;
}
