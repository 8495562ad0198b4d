/**
 * A metrics text with its values moved by up to 10 %, so that recorders have changing values to write. Zeros, flags and
 * the size of the memory stay: they are facts, not measurements.
 */
export function jitterMetrics(text: string, random: () => number): string {
  return text.split("\n").map((line) => {
    const [, name, number] = /^([^#\s].*) (-?\d+(?:\.\d+)?)$/.exec(line) ?? [];
    const value = Number(number);
    const isFact = name === undefined || value === 0 || value === 1 || /memory.*total/.test(name);
    return isFact ? line : `${name} ${value * (0.9 + 0.2 * random())}`;
  }).join("\n");
}
