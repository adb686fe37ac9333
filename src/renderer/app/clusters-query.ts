import { useQuery } from '@tanstack/react-query';
import type { ClusterItem } from '../../contract/schemas/contexts.ts';
import { useApi } from '../rpc/provider.tsx';
import type { Status } from '../ui/StatusDot.tsx';
import { useView } from './view/use-view.ts';

/** All clusters with results; one query for the whole app. */
export function useClusters() {
  const api = useApi();
  return useQuery(api.clusters.list.queryOptions({ refetchInterval: 60_000 }));
}

/** The clusters that the address selects: the named one, or all. Empty while unknown. */
export function useSelectedClusters(): readonly ClusterItem[] {
  const { cluster } = useView();
  const clusters = useClusters().data?.clusters ?? [];
  return cluster === null ? clusters : clusters.filter((item) => item.id === cluster);
}

/** Disc, diamond, square or ring for the state of a cluster. */
export function statusOf(cluster: Pick<ClusterItem, 'state' | 'sources'>): Status {
  switch (cluster.state) {
    case 'collecting':
    case 'reading-history':
      return cluster.sources.some((source) => source.state === 'failed') ? 'attention' : 'healthy';
    case 'no-data':
      return 'attention';
    case 'signed-out':
    case 'unreachable':
    case 'failing':
      return 'broken';
    case 'paused':
    case 'elsewhere':
      return 'off';
  }
}

const STATE_NAMES: Record<ClusterItem['state'], string> = {
  collecting: 'Collecting',
  'reading-history': 'Reading history',
  paused: 'Not collecting',
  elsewhere: 'Collected elsewhere',
  'signed-out': 'Signed out',
  unreachable: 'Cannot be reached',
  failing: 'Failing',
  'no-data': 'No data',
};
export const stateName = (cluster: Pick<ClusterItem, 'state'>): string => STATE_NAMES[cluster.state];
