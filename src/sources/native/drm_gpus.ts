/**
 * GPUs of the kernel's own drivers, `/sys/class/drm/card*`: amdgpu (Linux: Documentation/gpu/amdgpu/thermal.rst),
 * i915 and xe (clock), nouveau (temperature).
 *
 * Questions keep a GPU awake. One that sleeps is not asked (it is idle: 0 %), and one that may fall asleep because no
 * screen hangs on it is asked only when series are wanted, which is less often than its drivers wait (5 s).
 */
import type { GpuProbe, GpuState } from "./gpus.ts";
import { findHwmonChips, type HwmonSensor } from "./hwmon_chips.ts";
import type { KernelFiles } from "./kernel_files.ts";
import { times } from "./numbers.ts";

const FOLDER = "class/drm";

/** Where to read; undefined where this driver does not say. */
interface Card {
  readonly label: string;
  readonly device: string;
  readonly busyPath: string | undefined;
  readonly mhzPath: string | undefined;
  readonly hertzPath: string | undefined;
  readonly celsiusPath: string | undefined;
  readonly microwattsPath: string | undefined;
  readonly hasOwnMemory: boolean;
  readonly mayFallAsleep: boolean;
}

export function createDrmGpus(sys: KernelFiles): GpuProbe {
  let cards: readonly Card[] = [];
  return {
    discover() {
      const entries = sys.list(FOLDER);
      cards = entries.filter((entry) => /^card\d+$/.test(entry))
        .map((label) => describeCard(sys, label, entries));
    },
    states(wantSeries) {
      return cards.filter((card) => wantSeries || !card.mayFallAsleep)
        .map((card) => readCard(sys, card));
    },
  };
}

function describeCard(sys: KernelFiles, label: string, entries: readonly string[]): Card {
  const device = `${FOLDER}/${label}/device`;
  const ifThere = (path: string) => sys.exists(path) ? path : undefined;
  const chip = findHwmonChips(sys, `${device}/hwmon`)[0];
  const fromChip = (attribute: string) => chip && ifThere(`${chip.folder}/${attribute}`);
  // amdgpu lets the power limit be set on cards only, not on processors with graphics, whose "GPU power" is the whole chip's.
  const isDiscreteAmd = fromChip("power1_cap") !== undefined;
  return {
    label,
    device,
    busyPath: ifThere(`${device}/gpu_busy_percent`),
    mhzPath: ifThere(`${FOLDER}/${label}/gt_act_freq_mhz`) ??
      ifThere(`${device}/tile0/gt0/freq0/act_freq`),
    hertzPath: fromChip("freq1_input"),
    celsiusPath: gpuTemperature(chip?.temperatures ?? [])?.path,
    microwattsPath: isDiscreteAmd
      ? fromChip("power1_average") ?? fromChip("power1_input")
      : undefined,
    hasOwnMemory: isDiscreteAmd && sys.exists(`${device}/mem_info_vram_total`),
    mayFallAsleep: sys.readOnce(`${device}/power/control`) === "auto" &&
      !hasScreen(sys, label, entries),
  };
}

/** Edge is what amdgpu calls the GPU's temperature, pkg what xe does; the others have one sensor. */
function gpuTemperature(sensors: readonly HwmonSensor[]): HwmonSensor | undefined {
  return sensors.find(({ label }) => label === "edge" || label === "pkg") ?? sensors[0];
}

function hasScreen(sys: KernelFiles, label: string, entries: readonly string[]): boolean {
  return entries.some((entry) =>
    entry.startsWith(`${label}-`) && sys.readOnce(`${FOLDER}/${entry}/enabled`) === "enabled"
  );
}

function readCard(sys: KernelFiles, card: Card): GpuState {
  const { label, device } = card;
  const readNumber = (path: string | undefined) =>
    path === undefined ? undefined : sys.readNumber(path);
  const memory = (which: "used" | "total") =>
    card.hasOwnMemory ? sys.readNumber(`${device}/mem_info_vram_${which}`) : undefined;
  if (sys.read(`${device}/power/runtime_status`)?.trim() === "suspended") {
    const zeroIf = (path: string | undefined) => path === undefined ? undefined : 0;
    return { label, busyPct: zeroIf(card.busyPath), mhz: zeroIf(card.mhzPath ?? card.hertzPath) };
  }
  return {
    label,
    busyPct: readNumber(card.busyPath),
    mhz: readNumber(card.mhzPath) ?? times(1e-6, readNumber(card.hertzPath)),
    celsius: times(1e-3, readNumber(card.celsiusPath)),
    watts: times(1e-6, readNumber(card.microwattsPath)),
    memoryUsedBytes: memory("used"),
    memoryTotalBytes: memory("total"),
  };
}
