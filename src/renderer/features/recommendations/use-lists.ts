import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useView } from '../../app/view/use-view.ts';
import { useApi, useClient } from '../../rpc/provider.tsx';
import type { PageSearch } from './search.ts';

const MOST = 1000;

/** Cluster of the address, as operations take it. */
function useClusterInput(): { readonly cluster?: string } {
  const { cluster } = useView();
  return cluster === null ? {} : { cluster };
}

/** All that is open, ignored, and applied; filters are taken on this side, so that they answer at once. */
export function useLists() {
  const api = useApi();
  const input = { ...useClusterInput(), limit: MOST };
  const open = useQuery(api.recommendations.active.queryOptions({ input: { ...input, sort: 'co2e' } }));
  const ignored = useQuery(api.recommendations.ignored.queryOptions({ input: { ...input, sort: 'newest' } }));
  const applied = useQuery(api.recommendations.applied.queryOptions({ input: { ...input, sort: 'newest' } }));
  return { open, ignored, applied };
}

/** The joint saving of what namespace and type leave; the backend alone can count overlaps once. */
export function useJointSavings(filters: Pick<PageSearch, 'namespace' | 'type'>, isAsked: boolean) {
  const api = useApi();
  const cluster = useClusterInput();
  return useQuery(
    api.recommendations.active.queryOptions({
      input: {
        ...cluster,
        limit: 1,
        ...(filters.namespace === undefined ? {} : { namespace: filters.namespace }),
        ...(filters.type === undefined ? {} : { type: filters.type }),
      },
      enabled: isAsked,
    }),
  );
}

/** Asks for all that is shown of recommendations again. */
export function useRefresh(): () => void {
  const api = useApi();
  const queries = useQueryClient();
  return () => {
    void queries.invalidateQueries({ queryKey: api.recommendations.key() });
    void queries.invalidateQueries({ queryKey: api.score.key() });
  };
}

/** Analyses anew, then shows what was found. */
export function useAnalyse() {
  const client = useClient();
  const input = useClusterInput();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: () => client.recommendations.active({ ...input, limit: 1, refresh: true }),
    onSuccess: refresh,
  });
}
