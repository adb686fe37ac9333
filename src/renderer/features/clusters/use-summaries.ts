import { useQueries } from '@tanstack/react-query';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { useView } from '../../app/view/use-view.ts';
import { useApi } from '../../rpc/provider.tsx';

export interface SummaryAnswer {
  readonly summary: Summary | null;
  readonly error: unknown;
  /** When `summary` was answered, epoch milliseconds. */
  readonly updatedAtMs: number;
  readonly onRetry: () => void;
}

/** Totals of the looked-at range for each cluster, by id; each fails alone. */
export function useSummaries(ids: readonly string[]): ReadonlyMap<string, SummaryAnswer> {
  const api = useApi();
  const { query } = useView();
  const answers = useQueries({
    queries: ids.map((cluster) => api.metrics.summary.queryOptions({ input: { ...query, cluster } })),
  });
  return new Map(
    ids.map((id, index) => {
      const answer = answers[index];
      return [
        id,
        {
          summary: answer?.data ?? null,
          error: answer?.error ?? null,
          updatedAtMs: answer?.dataUpdatedAt ?? 0,
          onRetry: () => void answer?.refetch(),
        },
      ];
    }),
  );
}
