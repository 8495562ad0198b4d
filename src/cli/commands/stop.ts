import type { Command } from "@commander-js/extra-typings";
import { NoDataError, SourceError, UsageError } from "../../model/mod.ts";
import { dataDirOption, examples, folderFrom } from "../command.ts";
import type { Io } from "../io.ts";
import { isHere, isLocked, type RecorderInfo, runningRecorders } from "../recorder_lock.ts";

/** The last fold of a long day on a slow disk takes seconds, not more. */
const PATIENCE_MS = 60_000;
const POLL_MS = 50;

export function declareStop(program: Command, io: Io): void {
  program.command("stop")
    .summary("end the recording cleanly")
    .description(
      "Ends the recording of this data folder: its last rows are folded, then it is gone.",
    )
    .option("--host <name>", "which one, where several are recorded into one folder")
    .addOption(dataDirOption())
    .addHelpText("after", examples([["mtr stop", "end the recording that `mtr record &` began"]]))
    .action(async ({ host, dataDir }) => {
      const folder = folderFrom({ dataDir }, io);
      const recorder = chooseRecorder(runningRecorders(folder), host, folder.path);
      Deno.kill(recorder.pid, "SIGTERM");
      const giveUpAt = performance.now() + PATIENCE_MS;
      while (isLocked(folder, recorder.host)) {
        if (performance.now() > giveUpAt) {
          throw new SourceError(
            `pid ${recorder.pid} was told to stop ${PATIENCE_MS / 1000} s ago and still runs`,
            [
              `nothing is lost if you end it: kill -9 ${recorder.pid}`,
            ],
          );
        }
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      }
      io.note(`stopped recording ${recorder.host} (pid ${recorder.pid})`);
    });
}

function chooseRecorder(
  running: readonly RecorderInfo[],
  host: string | undefined,
  folder: string,
): RecorderInfo {
  const candidates = host === undefined ? running : running.filter((info) => info.host === host);
  const [recorder] = candidates;
  if (!recorder) {
    throw new NoDataError(
      `nothing is being recorded into ${folder}` + (host ? ` for ${host}` : ""),
      [
        "look: mtr status",
      ],
    );
  }
  if (candidates.length > 1) {
    throw new UsageError(`${candidates.length} recordings run on ${folder}`, [
      `say which: ${candidates.map((info) => `mtr stop --host ${info.host}`).join(" or ")}`,
    ]);
  }
  if (!isHere(recorder)) {
    throw new UsageError(
      `${recorder.host} is recorded by pid ${recorder.pid} on ${recorder.machine}, not here`,
      [
        "stop it there",
      ],
    );
  }
  return recorder;
}
