import type * as z from 'zod';
import type { Summary, SummaryInput } from '../../contract/schemas/metrics.ts';
import { toPeriod } from '../ranges/instants.ts';
import { comparableShare, coverageOf, shareOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { summaryTotalsOf } from './figures.ts';
import { scopeOf } from './scope.ts';

/** Totals of a range beside those of the period before; `previous` is null where too little of it was collected. */
export async function summary(
  input: SummaryInput,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Summary>> {
  const { filter, range, previous, clusters, currency } = await scopeOf(input, '24h', deps);
  const [totals, before, [now], shareBefore] = await Promise.all([
    deps.store.totals(filter, range, signal),
    deps.store.totals(filter, previous, signal),
    coverageOf(clusters, [range], deps, signal),
    comparableShare(clusters, previous, deps, signal),
  ]);
  const coverage = now ?? { coveredSeconds: 0, expectedSeconds: 0 };
  return {
    ...summaryTotalsOf(totals),
    currency,
    period: toPeriod(range),
    coverage: shareOf(coverage),
    covered_seconds: coverage.coveredSeconds,
    expected_seconds: coverage.expectedSeconds,
    previous:
      shareBefore === null ? null : { ...summaryTotalsOf(before), period: toPeriod(previous), coverage: shareBefore },
  };
}
