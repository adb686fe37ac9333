import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../rpc/provider.tsx';

/** Switches the collecting of a context on or off; lists are asked again afterwards, whatever came of it. */
export function useCollecting() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.contexts.setCollecting.mutationOptions({
      onSettled: async () => {
        await Promise.all([
          queries.invalidateQueries({ queryKey: api.contexts.list.key() }),
          queries.invalidateQueries({ queryKey: api.clusters.key() }),
        ]);
      },
    }),
  );
}
