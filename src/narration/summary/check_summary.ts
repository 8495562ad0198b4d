/**
 * Believes a language model nothing: a sentence is kept only when every number in it stands in the facts about what it
 * names, rounding allowed. What is left cannot carry a false figure, a link or a command.
 */
import type { MetricFacts, SummaryFacts } from "./facts.ts";

export interface CheckedSummary {
  readonly sentences: readonly string[];
  /** Sentences that were struck out. */
  readonly struck: number;
}

const MOST_SENTENCES = 8;
const LONGEST_SENTENCE = 400;
const NUMBER_REGEXP = /\d+(?:[.,]\d+)*/g;
const PERCENTAGE_REGEXP = /\d+(?:[.,]\d+)*(?=\s*%)/g;
/** Numbers in words are numbers that cannot be checked digit by digit. */
const NUMBER_WORDS_REGEXP =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|double|twice|triple|third|quarter)\b/i;
/** Links, code, markup, commands: nothing that a description of figures needs. */
const FOREIGN_REGEXP = /https?:|www\.|[`<>{}$\\|]|\b(sudo|curl|rm|bash|npm|pip|brew)\b/i;
/** A sentence without a metric's name is about the recording, or about what the sentence before was about. */
const RECORDING_REGEXP = /\b(record\w*|asleep|slept|off|gaps?|stretch\w*)\b/i;
const PRONOUN_REGEXP = /^(it|its|they|their|this|that|these|both)\b/i;
const VERDICT_REGEXP = /\b(roomy|adequate|tight|insufficient)\b/gi;

export function checkSummary(text: string, facts: SummaryFacts): CheckedSummary {
  const written = sentencesOf(text);
  const kept: string[] = [];
  let named: readonly MetricFacts[] = [];
  for (const sentence of written.slice(0, MOST_SENTENCES)) {
    const mentioned = metricsIn(sentence, facts);
    if (mentioned.length > 0) named = mentioned;
    const isAboutFacts = mentioned.length > 0 || RECORDING_REGEXP.test(sentence) ||
      PRONOUN_REGEXP.test(sentence);
    if (isAboutFacts && isTrue(sentence, named, facts)) kept.push(sentence);
  }
  return { sentences: kept, struck: written.length - kept.length };
}

function isTrue(sentence: string, named: readonly MetricFacts[], facts: SummaryFacts): boolean {
  if (sentence.length > LONGEST_SENTENCE) return false;
  if (FOREIGN_REGEXP.test(sentence) || NUMBER_WORDS_REGEXP.test(sentence)) return false;
  const numbers = sentence.match(NUMBER_REGEXP) ?? [];
  if (numbers.length === 0) return false;
  // A name may hold any number, and no figure is about it.
  const { metrics: _, machine: __, ...general } = facts;
  const known = [general, ...named];
  // "19 %" is not made true by a 19th of November.
  const percentages = sentence.match(PERCENTAGE_REGEXP) ?? [];
  return percentages.every((number) => isKnown(number, numbersIn(known, PERCENTAGE_REGEXP))) &&
    numbers.every((number) => isKnown(number, numbersIn(known, NUMBER_REGEXP))) &&
    hasTrueVerdicts(sentence, named);
}

/** A verdict's word may only be said of metrics that have it. */
function hasTrueVerdicts(sentence: string, named: readonly MetricFacts[]): boolean {
  const words = sentence.match(VERDICT_REGEXP) ?? [];
  return words.every((word) => named.some(({ verdict }) => verdict === word.toLowerCase()));
}

function metricsIn(sentence: string, { metrics }: SummaryFacts): MetricFacts[] {
  return metrics.filter(({ name }) => {
    const escaped = name.replaceAll(/[^\w ]/g, "\\$&");
    return new RegExp(`\\b${escaped}\\b`, "i").test(sentence);
  });
}

/** All numbers in the facts, and those that a pattern finds inside of texts (times, rules). */
function numbersIn(facts: unknown, inTexts: RegExp): number[] {
  if (typeof facts === "number") return [facts];
  if (typeof facts === "string") return (facts.match(inTexts) ?? []).map(Number);
  if (typeof facts !== "object" || facts === null) return [];
  return Object.values(facts).flatMap((value) => numbersIn(value, inTexts));
}

/** Whether a written number is one of the allowed, rounded to the digits that are written. */
function isKnown(written: string, allowed: readonly number[]): boolean {
  const value = Number(written.replaceAll(/,(?=\d{3}\b)/g, "").replace(",", "."));
  if (!Number.isFinite(value)) return false;
  const decimals = /[.,](\d+)$/.exec(written)?.[1]?.length ?? 0;
  const tolerance = 0.5 * 10 ** -decimals + 1e-9;
  return allowed.some((fact) => Math.abs(fact - value) <= tolerance);
}

/** Controls, and format characters that turn text around (Cf), are dropped: what a model sends is printed on a terminal. */
const INVISIBLE_REGEXP = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

function sentencesOf(text: string): string[] {
  const plain = text.replaceAll(INVISIBLE_REGEXP, " ");
  return plain.split(/(?<=[.!?])\s+(?=[A-Z“"(])/).map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== "");
}
