import { deepEqual, equal, match, throws } from "node:assert/strict";
import { parseColumnMap } from "../../../src/importers/mod.ts";
import { UsageError } from "../../../src/model/mod.ts";
import { ScratchFolder } from "../../journal/scratch_folder.ts";
import { columnsOf, importInto, storedRows, TextFile } from "../import_scene.ts";

Deno.test("a mapping names columns, quoted where they have to be, and their factors", () => {
  deepEqual(
    parseColumnMap(
      `time = Date, cpu_pct=cpu*100,ram_used_bytes="Mem, used (""GiB"")" * GiB, net_rx_bytes_per_s=bits/8*1e3`,
    ),
    [
      { target: "time", column: "Date", factor: 1 },
      { target: "cpu_pct", column: "cpu", factor: 100 },
      { target: "ram_used_bytes", column: 'Mem, used ("GiB")', factor: 2 ** 30 },
      { target: "net_rx_bytes_per_s", column: "bits", factor: 125 },
    ],
  );
});

Deno.test("a mapping that makes no sense is refused in words", () => {
  const refused: [string, RegExp][] = [
    ["cpu_pct=cpu", /no column is the time/],
    ["time=t,cpu_percent=cpu", /no metric called `cpu_percent`; did you mean cpu_pct\?/],
    ["time=t,cpu_pct=cpu*lots", /lots is not a number/],
    ["time=t,cpu_pct=cpu*0", /0 is not a number/],
    ["time=t,cpu_pct", /not a mapping/],
    ["time=t,time=u,cpu_pct=c", /time is mapped twice/],
  ];
  for (const [text, message] of refused) {
    throws(() => parseColumnMap(text), (error: unknown) => {
      match(String(error), message);
      return error instanceof UsageError;
    });
  }
});

Deno.test("any CSV is imported by its mapping, with the units that it names", async () => {
  using file = new TextFile(
    '﻿"Date time",load,"Mem, MiB",note\n' +
      '2026-11-20 10:00:00,0.5,1024,"a, b"\n' +
      "2026-11-20 10:01:00,0.25,2048,\n" +
      "2026-11-20 10:02:00,,4096,\n" +
      "2026-11-20 10:03:00,,,\n",
  );
  using folder = new ScratchFolder();
  const result = await importInto(folder, [file.path], {
    map: parseColumnMap('time="Date time", cpu_pct=load*100, ram_used_bytes="Mem, MiB"*MiB'),
    timeZone: "Asia/Kathmandu",
  });
  equal(result.problemCount, 0);
  const rows = await storedRows(folder);
  deepEqual(columnsOf(rows, "ts", "utc_offset_min", "interval_s", "cpu_pct", "ram_used_bytes"), [
    ["2026-11-20T04:15:00.000Z", 345, 60, 50, 2 ** 30],
    ["2026-11-20T04:16:00.000Z", 345, 60, 25, 2 ** 31],
    ["2026-11-20T04:17:00.000Z", 345, 60, undefined, 2 ** 32],
  ]);
});

Deno.test("semicolons come with decimal commas, and tabs are delimiters as well", async () => {
  for (const [delimiter, number] of [[";", "12,5"], ["\t", "12.5"]]) {
    using file = new TextFile(
      ["t", "cpu", "watts"].join(delimiter) + "\n" +
        ["2026-11-20T10:00:00+01:00", number, "3"].join(delimiter) + "\n",
    );
    using folder = new ScratchFolder();
    await importInto(folder, [file.path], {
      map: parseColumnMap("time=t,cpu_pct=cpu,total_watts=watts"),
    });
    const rows = await storedRows(folder);
    deepEqual(columnsOf(rows, "ts", "utc_offset_min", "cpu_pct", "total_watts"), [
      ["2026-11-20T09:00:00.000Z", 60, 12.5, 3],
    ]);
  }
});

Deno.test("a column that a file does not have is named, with the one that was meant", async () => {
  using file = new TextFile("timestamp,cpu\n1795357805,5\n");
  using folder = new ScratchFolder();
  const result = await importInto(folder, [file.path], {
    map: parseColumnMap("time=timestmp,cpu_pct=cpu"),
  });
  deepEqual(result.problems.map(({ line, reason }) => `${line}: ${reason}`), [
    "1: no column called timestmp; did you mean timestamp?",
  ]);
});
