/** One plist document of powermetrics (macOS 13 to 26) → a reading in base units. Pure. */
import type { Reading } from "../../model/mod.ts";
import { ReadingDraft } from "../../sources/mod.ts";
import { Fields } from "../fields.ts";
import { type Core, familyOf, putCores, putThermal } from "./chip_draft.ts";
import type { Plist } from "./plist.ts";

const MILLI = 1e-3;

export function readPlistSample(document: Plist): Reading {
  const root = new Fields(document);
  const draft = new ReadingDraft();
  const processor = root.inside("processor");
  putCores(draft, coresOf(processor));
  draft.put("cpu_watts", processor.number("cpu_power"), MILLI);
  draft.put("gpu_watts", processor.number("gpu_power"), MILLI);
  draft.put("ane_watts", processor.number("ane_power"), MILLI);
  draft.put("package_watts", processor.number("combined_power"), MILLI);
  putGpu(draft, root.inside("gpu"));
  const disk = root.inside("disk");
  draft.put("disk_read_bytes_per_s", disk.number("rbytes_per_s"));
  draft.put("disk_write_bytes_per_s", disk.number("wbytes_per_s"));
  draft.put("disk_read_ops_per_s", disk.number("rops_per_s"));
  draft.put("disk_write_ops_per_s", disk.number("wops_per_s"));
  putThermal(draft, root.text("thermal_pressure"));
  return draft.finish();
}

function coresOf(processor: Fields): Core[] {
  return processor.list("clusters").flatMap((each) => {
    const cluster = new Fields(each);
    const family = familyOf(cluster.text("name") ?? "");
    return cluster.list("cpus").map((entry): Core => {
      const core = new Fields(entry);
      const hertz = core.number("freq_hz");
      return {
        number: core.number("cpu") ?? -1,
        family,
        activePct: activePct(core),
        mhz: hertz === undefined ? null : hertz / 1e6,
      };
    });
  });
}

/** Time in the states in which it runs: 1 − idle would take a core that is switched off for a busy one. */
function activePct(unit: Fields): number | null {
  const states = unit.list("dvfm_states");
  const ratios = states.map((state) => new Fields(state).number("used_ratio"));
  // A core whose counters stand still prints `nan` for its idle share as well.
  if (unit.number("idle_ratio") === undefined || ratios.length === 0) return null;
  const sum = ratios.reduce<number>((all, ratio) => all + (ratio ?? Number.NaN), 0);
  // Rounding of the ratios adds up to a little more than all of the time.
  return Number.isNaN(sum) ? null : Math.min(100, sum * 100);
}

function putGpu(draft: ReadingDraft, gpu: Fields): void {
  const pct = activePct(gpu);
  if (pct === null) return;
  draft.put("gpu_pct", pct);
  // Megahertz, in spite of its name.
  draft.put("gpu_mhz", gpu.number("freq_hz"));
}
