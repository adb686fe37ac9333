import { exactSum } from './exact-sum.ts';

/** What the costs of some past days say of a day and a month to come. */
export interface CostEstimates {
  /** Money a day, by id of namespace. */
  readonly dailyByNamespace: ReadonlyMap<string, number>;
  /** Money a month, of the whole cluster with what is idle; null: no day has costs. */
  readonly monthly: number | null;
}

export const NO_ESTIMATES: CostEstimates = { dailyByNamespace: new Map(), monthly: null };

/** Days of a mean month of the Gregorian calendar: 365.2425 / 12. */
export const DAYS_A_MONTH = 30.436875;

/**
 * Means of whole days, oldest first, each with its money by namespace. Days without any cost were not collected and don't
 * count. A namespace counts from the first of the days on which it cost something: one that is new is not made cheaper
 * by the days before it, one that rests at weekends is.
 */
export function costEstimates(days: readonly ReadonlyMap<string, number>[]): CostEstimates {
  const collected = days.filter((day) => day.size > 0);
  if (collected.length === 0) return NO_ESTIMATES;
  const namespaces = new Set(collected.flatMap((day) => [...day.keys()]));
  const dailyByNamespace = new Map(
    [...namespaces].map((id) => {
      const since = collected.slice(collected.findIndex((day) => day.has(id)));
      return [id, exactSum(since.map((day) => day.get(id) ?? 0)) / since.length];
    }),
  );
  const whole = exactSum(collected.flatMap((day) => [...day.values()]));
  return { dailyByNamespace, monthly: (whole / collected.length) * DAYS_A_MONTH };
}
