import { applied, detailOf, listOf, openItems, savingsReport, snoozed, thresholds } from '../client/savings-answers.ts';

const [, , cpu] = openItems;
const open = listOf([cpu]);

/** Canned answers of recommendations, by operation. */
export const recommendationAnswers = {
  list: open,
  active: open,
  ignored: listOf([snoozed]),
  applied: listOf([applied]),
  history: listOf([cpu, snoozed, applied]),
  top: open,
  savings: savingsReport,
  detail: detailOf(cpu),
  apply: applied,
  ignore: snoozed,
  unignore: cpu,
  ignoreMany: listOf([]),
  thresholds,
  updateThresholds: { ...thresholds, headroom: 1.5 },
};
