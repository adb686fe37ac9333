import type * as z from 'zod';
import type { SavingsInput, SavingsReport } from '../../../contract/schemas/recommendations.ts';
import { RECOMMENDATION_TYPES, type SavingsDay } from '../../../model/recommendations/recommendation.ts';
import type { EpochSeconds, TimeRange } from '../../../model/time.ts';
import { toPeriod } from '../../ranges/instants.ts';
import { resolveRange } from '../../ranges/resolve-range.ts';
import { DAY_SECONDS, WEEK_SECONDS } from '../../recommendations/days.ts';
import { currencyOf } from '../scope.ts';
import type { RecommendationDeps } from './deps.ts';
import { clustersAsked } from './list.ts';

/** A longer range has its sums whole, and its last days one by one. */
const MOST_DAYS = 400;
const LINES_AT_ONCE = 50_000;

/** What was promised of what is applied, and what was measured of it; from the ledger, which is never shortened. */
export async function savings(input: z.output<typeof SavingsInput>, deps: RecommendationDeps): Promise<SavingsReport> {
  const { store, clock } = deps;
  const { range } = resolveRange(input, '30d', clock.nowSeconds());
  const clusters = await clustersAsked(input.cluster, deps);
  const ids = input.cluster === undefined ? [] : clusters.map(({ id }) => id);
  const [[all], byType] = await Promise.all([
    store.savingsSums(ids, range, null),
    store.savingsSums(ids, range, 'type'),
  ]);
  return {
    period: toPeriod(range),
    currency: currencyOf(clusters),
    promised_co2e_grams: all?.promisedCo2eGrams ?? 0,
    measured_co2e_grams: all?.measuredCo2eGrams ?? 0,
    promised_cost: all?.promisedCost ?? 0,
    measured_cost: all?.measuredCost ?? 0,
    count: all?.count ?? 0,
    by_type: byType.flatMap((sums) => {
      const type = RECOMMENDATION_TYPES.find((each) => each === sums.key);
      if (type === undefined) return [];
      return {
        type,
        count: sums.count,
        promised_co2e_grams: sums.promisedCo2eGrams,
        measured_co2e_grams: sums.measuredCo2eGrams,
        promised_cost: sums.promisedCost,
        measured_cost: sums.measuredCost,
      };
    }),
    days: await daysOf(ids, range, deps),
  };
}

/** A week at a time, so that the lines of many recommendations are never all at hand. */
async function daysOf(
  ids: readonly string[],
  { startSeconds, endSeconds }: TimeRange,
  { store }: RecommendationDeps,
): Promise<SavingsReport['days']> {
  const days: SavingsReport['days'] = [];
  const first = Math.max(startSeconds, endSeconds - MOST_DAYS * DAY_SECONDS);
  for (let from = first; from < endSeconds; from += WEEK_SECONDS) {
    const week = { startSeconds: from, endSeconds: Math.min(endSeconds, from + WEEK_SECONDS) };
    const lines = await store.savingsDays(ids, week, LINES_AT_ONCE);
    const byDay = Map.groupBy(lines, (line) => line.dayStartSeconds);
    for (const [day, own] of [...byDay].sort(([a], [b]) => a - b)) days.push(dayOf(day, own));
  }
  return days;
}

function dayOf(day: EpochSeconds, lines: readonly SavingsDay[]): SavingsReport['days'][number] {
  const sum = (of: (line: SavingsDay) => number) => lines.reduce((total, line) => total + of(line), 0);
  const measured = lines.filter((line) => line.measuredCo2eGrams !== null);
  const isMeasured = measured.length > 0;
  return {
    date: new Date(day * 1000).toISOString().slice(0, 10),
    promised_co2e_grams: sum((line) => line.promisedCo2eGrams),
    measured_co2e_grams: isMeasured ? sum((line) => line.measuredCo2eGrams ?? 0) : null,
    promised_cost: sum((line) => line.promisedCost),
    measured_cost: isMeasured ? sum((line) => line.measuredCost ?? 0) : null,
  };
}
