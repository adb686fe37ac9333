import { useQuery } from '@tanstack/react-query';
import { useApi } from '../../rpc/provider.tsx';

const QUIET_MILLISECONDS = 60_000;
/** The backend tells when a store comes back; this only keeps the next try on screen true. */
const AWAY_MILLISECONDS = 10_000;

/** State of the results store; one query for the whole app. */
export function useStore() {
  const api = useApi();
  return useQuery(
    api.store.status.queryOptions({
      refetchInterval: (query) => (query.state.data?.state === 'away' ? AWAY_MILLISECONDS : QUIET_MILLISECONDS),
    }),
  );
}
