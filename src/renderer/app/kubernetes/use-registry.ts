import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { useApi } from '../../rpc/provider.tsx';

const NONE: ReadonlyMap<string, Cluster> = new Map();
const byId = ({ clusters }: { clusters: readonly Cluster[] }) =>
  new Map(clusters.map((cluster) => [cluster.id, cluster]));

/** The registry by the ids of its clusters; empty until it answers. `error` says why there is nothing newer. */
export function useRegistry(): { readonly entries: ReadonlyMap<string, Cluster>; readonly error: unknown } {
  const api = useApi();
  const { data, error } = useQuery({ ...api.k8s.clusters.queryOptions({ input: { limit: 500 } }), select: byId });
  return { entries: data ?? NONE, error };
}

/** Pauses or resumes a cluster. */
export function usePause() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.k8s.update.mutationOptions({
      onSuccess: () => {
        for (const queryKey of [api.contexts.key(), api.clusters.key(), api.k8s.key()]) {
          void queries.invalidateQueries({ queryKey });
        }
      },
    }),
  );
}
