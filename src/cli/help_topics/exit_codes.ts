import type { HelpTopic } from "./help_topic.ts";

export const EXIT_CODES = [
  ["0", "done"],
  ["1", "failed: a source, the store or a query"],
  [
    "2",
    "wrong usage: an unknown option, a value or setting that is not allowed, an unknown metric",
  ],
  ["3", "nothing was recorded in the range that was asked for; the message says what exists"],
  ["4", "a condition of --fail-on is met: insufficient, a threshold, a change"],
  ["130, 143", "ended by SIGINT (Ctrl-C) or SIGTERM while not recording"],
] as const;

export const EXIT_CODES_TOPIC: HelpTopic = {
  name: "exit-codes",
  summary: "what mtr ends with, and when",
  sections: [
    { rows: EXIT_CODES },
    {
      text:
        "A recording that is stopped (Ctrl-C, SIGTERM, mtr stop, the end of --for) ends with 0, after its last " +
        "rows are safe. A second Ctrl-C ends it at once, with 130. When the reader of a pipe goes away " +
        "(mtr query … | head), that is a quiet 0.",
    },
  ],
};
