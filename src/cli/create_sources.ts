import type { Source, SourceName } from "../model/mod.ts";
import { UsageError } from "../model/mod.ts";
import { createMactopSource, createNativeSource, createPrometheusSource } from "../sources/mod.ts";

export interface SourceOptions {
  readonly source: readonly SourceName[];
  readonly url?: string | undefined;
  readonly port: number;
  readonly intervalMs: number;
}

/** The source that gives most on this system. */
export function defaultSource(): SourceName {
  return Deno.build.os === "darwin" ? "mactop" : "native";
}

/** Makes the sources that were asked for, in the order in which they were named. */
export function createSources(
  options: SourceOptions,
  onNotice: (text: string) => void,
): Source[] {
  const names = options.source.length > 0
    ? options.source
    : [options.url === undefined ? defaultSource() : "prometheus" as const];
  if (options.url !== undefined && names.every((name) => name === "native")) {
    throw new UsageError("--url has no meaning for --source native, which looks at this machine", [
      "leave one of them out; an exporter is --source prometheus, or --url alone",
    ]);
  }
  return names.map((name) => createSource(name, options, onNotice));
}

function createSource(
  name: SourceName,
  { url, port, intervalMs }: SourceOptions,
  onNotice: (text: string) => void,
): Source {
  switch (name) {
    case "mactop":
      return createMactopSource({
        ...(url === undefined ? {} : { url }),
        port,
        intervalMs,
        onNotice,
      });
    case "native":
      return createNativeSource({ intervalMs });
    case "prometheus":
      if (url !== undefined) return createPrometheusSource({ url });
      throw new UsageError("--source prometheus needs the exporter's address", [
        "for example: mtr record --source prometheus --url http://localhost:9100/metrics",
      ]);
  }
}
