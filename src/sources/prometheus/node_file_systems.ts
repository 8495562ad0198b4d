/** Space on file systems, of those that the native source counts. */
import { countsAsFileSystem } from "../native/file_systems.ts";
import type { MetricText } from "../prometheus_text/parse_metric_text.ts";
import type { ReadingDraft } from "../reading_draft.ts";

/** macOS's own volumes beside the one with the user's data: they share its space. */
const MACOS_HELPER_VOLUME = /^\/System\/Volumes\/(?!Data$)/;

export function putFileSystems(draft: ReadingDraft, { samples }: MetricText): void {
  const free = new Map(
    (samples.get("node_filesystem_free_bytes") ?? []).map((
      { labels, value },
    ) => [labels.get("mountpoint"), value]),
  );
  const seen = new Set<string>();
  for (const { labels, value: total } of samples.get("node_filesystem_size_bytes") ?? []) {
    const device = labels.get("device") ?? "";
    const mount = labels.get("mountpoint") ?? "";
    const isCounted = countsAsFileSystem(mount, labels.get("fstype") ?? "") &&
      !MACOS_HELPER_VOLUME.test(mount);
    // One mount point a device: bind mounts and subvolumes repeat it.
    if (!isCounted || seen.has(device) || !(total > 0)) continue;
    seen.add(device);
    draft.putSeries("fs_total_bytes", mount, total);
    const unused = free.get(mount);
    draft.putSeries("fs_used_bytes", mount, unused === undefined ? undefined : total - unused);
  }
}
