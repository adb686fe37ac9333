import type * as z from 'zod';
import type { Summary, SummaryInput } from '../../contract/schemas/metrics.ts';
import { toPeriod } from '../ranges/instants.ts';
import { coverageOf, shareOf } from './coverage.ts';
import type { ApiDeps } from './deps.ts';
import { summaryTotalsOf } from './figures.ts';
import { scopeOf } from './scope.ts';

/** Totals of a range beside those of the period before; without any data before, `previous` is null. */
export async function summary(
  input: SummaryInput,
  deps: ApiDeps,
  signal: AbortSignal | undefined,
): Promise<z.infer<typeof Summary>> {
  const { filter, range, previous, clusters, currency } = await scopeOf(input, '24h', deps);
  const [totals, before, [now], [then]] = await Promise.all([
    deps.store.totals(filter, range, signal),
    deps.store.totals(filter, previous, signal),
    coverageOf(clusters, [range], deps, signal),
    coverageOf(clusters, [previous], deps, signal),
  ]);
  const coverage = now ?? { coveredSeconds: 0, expectedSeconds: 0 };
  const coverageBefore = then ?? { coveredSeconds: 0, expectedSeconds: 0 };
  const earlier = { ...summaryTotalsOf(before), period: toPeriod(previous), coverage: shareOf(coverageBefore) };
  return {
    ...summaryTotalsOf(totals),
    currency,
    period: toPeriod(range),
    coverage: shareOf(coverage),
    covered_seconds: coverage.coveredSeconds,
    expected_seconds: coverage.expectedSeconds,
    previous: coverageBefore.coveredSeconds === 0 ? null : earlier,
  };
}
