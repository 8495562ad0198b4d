/** What powermetrics prints without `-f plist`. */
import type { FileReader, ImportFormat, ReaderContext } from "../import_format.ts";
import { SampleClock } from "./sample_clock.ts";
import { TextSample } from "./text_sample.ts";

export const SUMMARY = "a summary of samples that are in the file themselves";
export const CUT_OFF = "this sample is cut off";

const HEADING = /^\*\*\* (\w+) system activity \((.+?)\) \(([\d.]+)ms elapsed\) \*\*\*$/;
/** `Thu Dec 25 05:32:23 2025 -0800` */
const DATE = /^\w{3} (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d) (\d{4}) ([+-])(\d\d)(\d\d)$/;
const MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

export const powermetricsText: ImportFormat = {
  name: "powermetrics",
  title: "powermetrics, text",
  recognises: (head) => /^\*\*\* \w+ system activity \(/m.test(head),
  createReader: (context) => new TextStream(context),
};

interface OpenSample {
  readonly line: number;
  readonly kind: string;
  readonly stampMs: number;
  readonly offsetMin: number;
  readonly elapsedMs: number;
  readonly sample: TextSample;
}

class TextStream implements FileReader {
  readonly #context: ReaderContext;
  readonly #clock: SampleClock;
  #open: OpenSample | null = null;
  #samples = 0;
  #coreCount = 0;

  constructor(context: ReaderContext) {
    this.#context = context;
    this.#clock = new SampleClock(context.clock);
  }

  line(text: string, number: number): void {
    const heading = HEADING.exec(text);
    if (!heading) return this.#open?.sample.line(text);
    this.#finish();
    const [, kind = "", date = "", elapsed] = heading;
    const time = parseDate(date);
    if (!time) return this.#context.sink.problem(number, `${date} is not a time`);
    this.#open = {
      line: number,
      kind,
      ...time,
      elapsedMs: Number(elapsed),
      sample: new TextSample(),
    };
  }

  end(): void {
    this.#finish();
  }

  #finish(): void {
    const open = this.#open;
    if (!open) return;
    this.#open = null;
    const { sink } = this.#context;
    // A summary says the same again; where there is nothing else, it is what there is.
    if (open.kind !== "Sampled" && this.#samples > 0) return sink.leftOut(SUMMARY);
    const { sample } = open;
    if (sample.isCutOff || (sample.coreCount > 0 && sample.coreCount < this.#coreCount)) {
      return sink.problem(open.line, CUT_OFF);
    }
    this.#coreCount = Math.max(this.#coreCount, sample.coreCount);
    this.#samples++;
    const moment = this.#clock.next(open.stampMs, open.elapsedMs, open.offsetMin);
    sink.sample(open.line, {
      ...moment,
      reading: sample.finish(),
      measuredS: open.elapsedMs / 1000,
    });
  }
}

function parseDate(text: string): { stampMs: number; offsetMin: number } | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, name = "", day, hour, minute, second, year, sign, hours, minutes] = match;
  const month = MONTHS.indexOf(name) / 3;
  if (!Number.isInteger(month) || month < 0) return null;
  const ahead = Number(hours) * 60 + Number(minutes);
  const offsetMin = sign === "-" ? -ahead : ahead;
  const wallMs = Date.UTC(
    Number(year),
    month,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return { stampMs: wallMs - offsetMin * 60_000, offsetMin };
}
