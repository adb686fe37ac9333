import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { useApi } from '../../rpc/provider.tsx';

const NONE: ReadonlyMap<string, Cluster> = new Map();
const byId = ({ clusters }: { clusters: readonly Cluster[] }) =>
  new Map(clusters.map((cluster) => [cluster.id, cluster]));

/** The registry by the ids of its clusters; empty until it answers, and where it can't. */
export function useRegistry(): ReadonlyMap<string, Cluster> {
  const api = useApi();
  return useQuery({ ...api.k8s.clusters.queryOptions({ input: { limit: 500 } }), select: byId }).data ?? NONE;
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
