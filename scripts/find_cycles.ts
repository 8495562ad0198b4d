type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * Cycles in a graph of names, each as the way round: a → b → a. At least one of every knot is found, not all that
 * run through it.
 */
export function findCycles(graph: Graph): readonly (readonly string[])[] {
  const done = new Set<string>();
  const cycles: string[][] = [];
  for (const start of graph.keys()) visit(graph, start, [], done, cycles);
  return cycles;
}

function visit(
  graph: Graph,
  name: string,
  way: readonly string[],
  done: Set<string>,
  cycles: string[][],
): void {
  const seenAt = way.indexOf(name);
  if (seenAt >= 0) {
    cycles.push([...way.slice(seenAt), name]);
    return;
  }
  if (done.has(name)) return;
  for (const next of graph.get(name) ?? []) visit(graph, next, [...way, name], done, cycles);
  done.add(name);
}
