/** A value as it leaves the store: 64-bit integers that fit are numbers, timestamps are Dates. */
export type SqlValue = null | boolean | number | bigint | string | Date | SqlValue[] | {
  [key: string]: SqlValue;
};
