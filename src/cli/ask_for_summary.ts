import type { AnalysisReport } from "../analysis/mod.ts";
import { settingsAtNeed } from "../config/mod.ts";
import { factsOf, promptOf, summarize, type Summary } from "../narration/mod.ts";
import type { Io } from "./io.ts";

/** A model on a laptop's CPU takes its time; longer than this nobody waits for a paragraph. */
const TIMEOUT_MS = 60_000;

/** The paragraph of the endpoint that the settings name. */
export async function askForSummary(report: AnalysisReport, io: Io): Promise<Summary> {
  const { loadSettings, llmApiKey } = await settingsAtNeed();
  const { settings } = loadSettings(io.env);
  const endpoint = {
    baseUrl: settings["llm.base_url"],
    model: settings["llm.model"],
    apiKey: llmApiKey(settings, io.env),
    timeoutMs: TIMEOUT_MS,
  };
  return await summarize(report, endpoint, { allowHostName: settings["llm.allow_host_name"] });
}

/** Exactly what would be sent, as JSON. */
export async function summaryPrompt(report: AnalysisReport, io: Io): Promise<string> {
  const { settings } = (await settingsAtNeed()).loadSettings(io.env);
  const facts = factsOf(report, { allowHostName: settings["llm.allow_host_name"] });
  return JSON.stringify(promptOf(facts), null, 2) + "\n";
}
