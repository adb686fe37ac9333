import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useApi } from '../../../rpc/provider.tsx';

/** Sources outside of the clusters, as they are set. */
export function useSourceSettings() {
  const api = useApi();
  return useQuery(api.sources.settings.queryOptions());
}

/** Saves some of them; the answer is what holds from then on. */
export function useSaveSources(onSaved: () => void = () => undefined) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation(
    api.sources.update.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.sources.settings.queryKey(), answer);
        void queries.invalidateQueries({ queryKey: api.sources.states.key() });
        void queries.invalidateQueries({ queryKey: api.grid.key() });
        onSaved();
      },
    }),
  );
}

export function useSourceTest() {
  const api = useApi();
  return useMutation(api.sources.test.mutationOptions());
}
export type SourceTest = ReturnType<typeof useSourceTest>;
