import { useQueries } from '@tanstack/react-query';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { useView } from '../../app/view/use-view.ts';
import { useApi } from '../../rpc/provider.tsx';

export interface SummaryAnswer {
  readonly summary: Summary | null;
  readonly error: unknown;
}

/** Totals of the looked-at range for each cluster, by id; each fails alone. */
export function useSummaries(ids: readonly string[]): ReadonlyMap<string, SummaryAnswer> {
  const api = useApi();
  const { query } = useView();
  const answers = useQueries({
    queries: ids.map((cluster) => api.metrics.summary.queryOptions({ input: { ...query, cluster } })),
  });
  return new Map(
    ids.map((id, index) => [id, { summary: answers[index]?.data ?? null, error: answers[index]?.error ?? null }]),
  );
}
