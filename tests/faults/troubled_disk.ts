/** A disk that writes short, fails in the middle of a row, and fails to sync, when it is told to. */
import { type Disk, LocalAppendFile, localDisk } from "../../src/platform/mod.ts";

/** What of its next operations a disk spoils. */
export class Trouble {
  /** At most so many bytes a write. */
  longestWrite = Infinity;
  /** Writes that are still done before they begin to fail, each in its middle. */
  writesLeft = Infinity;
  truncatesFail = false;
  syncsFail = false;
}

function eio(): Error {
  return Object.assign(new Error("Input/output error (os error 5)"), { code: "EIO" });
}

/** The local disk, but for what goes wrong with files that are appended to. */
export function troubledDisk(trouble: Trouble): Disk {
  return {
    ...localDisk,
    openAppend(path) {
      const file = Deno.openSync(path, { create: true, append: true });
      return new LocalAppendFile({
        writeSync(bytes) {
          if (trouble.writesLeft-- <= 0) {
            file.writeSync(bytes.subarray(0, Math.floor(bytes.length / 2)));
            throw eio();
          }
          return file.writeSync(bytes.subarray(0, trouble.longestWrite));
        },
        truncateSync(size) {
          if (trouble.truncatesFail) throw eio();
          file.truncateSync(size);
        },
        syncData: () => trouble.syncsFail ? Promise.reject(eio()) : file.syncData(),
        statSync: () => file.statSync(),
        close: () => file.close(),
      });
    },
  };
}
