/** Help that is about no single command: `mtr help <topic>` and the man page. */
import { ENVIRONMENT_TOPIC } from "./environment.ts";
import { EXIT_CODES_TOPIC } from "./exit_codes.ts";
import type { HelpTopic } from "./help_topic.ts";
import { METRICS_TOPIC } from "./metrics.ts";
import { TIME_TOPIC } from "./time.ts";

export const HELP_TOPICS: readonly HelpTopic[] = [
  TIME_TOPIC,
  EXIT_CODES_TOPIC,
  ENVIRONMENT_TOPIC,
  METRICS_TOPIC,
];
