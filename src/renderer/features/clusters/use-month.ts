import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../app/use-now.ts';
import { monthAt, monthName } from '../../format/month.ts';
import { useApi } from '../../rpc/provider.tsx';

/** What a cluster emitted (operational and embodied) and cost in the calendar month so far, UTC. */
interface MonthFigures {
  readonly grams: number;
  readonly lowGrams: number;
  readonly highGrams: number;
  readonly cost: number;
}

export interface Month {
  /** `November` */
  readonly name: string;
  /** Null until it is known, and where it could not be read. */
  readonly figures: ReadonlyMap<string, MonthFigures> | null;
  readonly error: unknown;
}

const MOST_CLUSTERS = 1000;

/** Figures of the month of all clusters, by id: one call, however many there are. */
export function useMonth(isWanted: boolean): Month {
  const api = useApi();
  const month = monthAt(useNow());
  const input = { by: 'cluster', start: `${month}-01T00:00:00Z`, limit: MOST_CLUSTERS } as const;
  const { data, error } = useQuery(api.metrics.breakdown.queryOptions({ input, enabled: isWanted }));
  const figures = data?.items.map((item): [string, MonthFigures] => [
    item.cluster_id ?? item.key,
    {
      grams: item.co2e_grams + item.embodied_co2e_grams,
      lowGrams: item.co2e_low_grams + item.embodied_low_grams,
      highGrams: item.co2e_high_grams + item.embodied_high_grams,
      cost: item.total_cost,
    },
  ]);
  return {
    name: monthName(month).replace(/ \d+$/, ''),
    figures: figures === undefined ? null : new Map(figures),
    error,
  };
}
