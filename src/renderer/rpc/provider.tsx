import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { createContext, type ReactNode, useContext, useMemo, useSyncExternalStore } from 'react';
import type { ConnectionState } from './connection.ts';
import type { ConnectedClient, PodwattClient } from './create-client.ts';

const createApi = (client: PodwattClient) => createTanstackQueryUtils(client);
/** TanStack Query helpers of every operation: `api.metrics.summary.queryOptions({ input })`, `.key()`, `.mutationOptions()`. */
export type Api = ReturnType<typeof createApi>;

const Context = createContext<(ConnectedClient & { readonly api: Api }) | null>(null);

export function ClientProvider({ value, children }: { value: ConnectedClient; children: ReactNode }) {
  const whole = useMemo(() => ({ ...value, api: createApi(value.client) }), [value]);
  return <Context value={whole}>{children}</Context>;
}

function useConnected() {
  const value = useContext(Context);
  if (value === null) throw new Error('ClientProvider is missing above this component');
  return value;
}

/** The client itself, for calls that are no query: streams, actions. */
export const useClient = (): PodwattClient => useConnected().client;
/** Query and mutation options of every operation, for useQuery and useMutation. */
export const useApi = (): Api => useConnected().api;
export const useIsDesktop = (): boolean => useConnected().isDesktop;

export function useConnection(): ConnectionState {
  const { connection } = useConnected();
  return useSyncExternalStore(connection.subscribe, connection.get);
}
