import { countText, durationText, shareText } from "../../model/mod.ts";
import type { AnalysisReport } from "../../analysis/mod.ts";
import { outlook } from "../outlook.ts";
import { reportRangeText } from "../range_text.ts";
import { sourceText } from "../source_text.ts";
import { short } from "../chart/time_chart.ts";
import { heatSection } from "./heat_section.ts";
import { type Markup, markup } from "./markup.ts";
import { metricCards } from "./metric_cards.ts";
import { htmlPage } from "./page.ts";
import { howMade, sentenceSection } from "./prose.ts";
import { gapsSection, statisticsSection } from "./tables.ts";
import { timeSection } from "./time_section.ts";

/**
 * A report as one page that says each picture in words too.
 * @param sentences what narration has to say about the report, one sentence each
 */
export function renderHtml(report: AnalysisReport, sentences: readonly string[]): string {
  const { host, range, samples, method } = report;
  const absent = report.absent.map(({ metric, reason }) =>
    `${metric.title} is not shown: ${reason}.`
  );
  return htmlPage({
    title: `${host}: ${range.resolvedFrom}`,
    body: [
      pageHead(report),
      metricCards(report),
      sentenceSection([...sentences, ...outlook(report), ...absent]),
      timeSection(report),
      heatSection(report),
      statisticsSection(report),
      gapsSection(report),
      howMade({
        notes: report.notes,
        demo: report.demo,
        madeMs: report.generatedAtMs,
        timeZone: range.timeZone,
        lines: [
          `${countText(samples)} ${samples === 1 ? "sample" : "samples"}; figures: ${method}.`,
          "Each sample counts for the time that it stands for. What was not recorded is left blank and counted nowhere.",
          "Percentiles are continuous, with linear interpolation; variance and standard deviation are those of a sample.",
        ],
      }),
    ],
  });
}

function pageHead(report: AnalysisReport): Markup {
  const { host, range, coveragePct, recordedS, demo } = report;
  const part = report.missingForPatternS > 0 ? "window" : "range";
  const badge = demo ? markup`<span class="pill demo">demo data</span> ` : null;
  return markup`<header class="page">
<p class="asked">${badge}${range.resolvedFrom}</p>
<h1>${host}</h1>
<p class="when">${reportRangeText(report, part)} <span class="unit">${range.timeZone}</span></p>
<p class="source">${sourceText(report)} · ${durationText(recordedS)} = ${
    shareText(coveragePct)
  } recorded</p>
<div class="coverage" aria-hidden="true"><i style="width:${short(coveragePct)}%"></i></div>
</header>
`;
}
