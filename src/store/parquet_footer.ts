/**
 * The little that has to be known of a Parquet file without DuckDB: whether it is whole, and the last sequence number
 * that was folded into it. The recorder asks this, and it never loads DuckDB.
 */
import type { Disk } from "../platform/mod.ts";

/** Key of the file's metadata under which fold keeps the last sequence number. */
export const LAST_SEQ_KEY = "mtr_last_seq";

const MAGIC = "PAR1";
/** Length of the footer (4 bytes, little endian), then the magic. */
const TAIL_BYTES = 8;

export type FooterCheck =
  | { readonly whole: true; readonly lastSeq: number | null }
  | { readonly whole: false; readonly problem: string };

/** Looks at a file's two ends. `lastSeq` is null for a Parquet file that mtr did not write. */
export function checkFooter(disk: Disk, path: string): FooterCheck {
  const size = disk.fileSize(path) ?? 0;
  if (size < MAGIC.length + TAIL_BYTES) return broken(`${size} bytes are too few`);
  const tail = disk.readBytes(path, size - TAIL_BYTES, TAIL_BYTES);
  if (latin1(disk.readBytes(path, 0, 4)) !== MAGIC) return broken("it does not begin as Parquet");
  if (latin1(tail.subarray(4)) !== MAGIC) return broken("its end is missing");
  const footerBytes = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  if (footerBytes > size - TAIL_BYTES - MAGIC.length) return broken("its footer is damaged");
  const footer = disk.readBytes(path, size - TAIL_BYTES - footerBytes, footerBytes);
  return { whole: true, lastSeq: findLastSeq(latin1(footer)) };
}

function broken(problem: string): FooterCheck {
  return { whole: false, problem };
}

/** One character a byte, so that positions in the text are positions in the bytes. */
function latin1(bytes: Uint8Array): string {
  return new TextDecoder("latin1").decode(bytes);
}

/**
 * The footer is Thrift's compact protocol, in which a string is its length and its bytes, and the value of a pair
 * follows its key: `… mtr_last_seq 0x18 <length> <digits> 0x00`.
 */
function findLastSeq(footer: string): number | null {
  const key = footer.indexOf(LAST_SEQ_KEY);
  if (key < 0) return null;
  const value = key + LAST_SEQ_KEY.length;
  const length = footer.charCodeAt(value + 1);
  const digits = footer.slice(value + 2, value + 2 + length);
  return footer.charCodeAt(value) === 0x18 && /^\d+$/.test(digits) ? Number(digits) : null;
}
