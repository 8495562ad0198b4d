import {
  DERIVED_METRICS,
  type Metric,
  METRICS,
  PRIMARY_METRIC_IDS,
  SERIES_METRICS,
} from "../../model/mod.ts";
import type { HelpRow, HelpTopic } from "./help_topic.ts";

export const METRICS_TOPIC: HelpTopic = {
  name: "metrics",
  summary: "every metric with its unit and meaning",
  sections: [
    {
      text:
        "Ids for --metrics, columns for mtr query. Which of them this machine has: mtr metrics. What was not " +
        "read, or cannot be true, is missing (–, NULL), never 0. Reports are about " +
        `${PRIMARY_METRIC_IDS.join(", ")} unless told otherwise.`,
    },
    { heading: "Of the machine", rows: METRICS.map(metricRow) },
    { heading: "Derived when read", rows: DERIVED_METRICS.map(metricRow) },
    {
      heading: "Labelled, in the view series",
      rows: SERIES_METRICS.map((metric): HelpRow => [
        metric.id,
        `${metric.unit} per ${metric.label}: ${metric.help}`,
      ]),
    },
  ],
};

function metricRow({ id, unit, help }: Metric): HelpRow {
  return [id, `${unit}: ${help}`];
}
