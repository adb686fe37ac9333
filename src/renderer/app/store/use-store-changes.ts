import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { StoreStatus } from '../../../contract/schemas/store.ts';
import { useStore } from './store-query.ts';

const LAST_KNOWN = ['store-last-known'];

/** The last status that had contents, for the time in which the store can't be asked; null before there was one. */
export function useLastKnownStore(): StoreStatus | null {
  const { data } = useQuery<StoreStatus>({
    queryKey: LAST_KNOWN,
    queryFn: skipToken,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
  });
  return data ?? null;
}

/**
 * Asks everything again once the store is back or is another one: what is on screen is then not what it holds. Mounted
 * once, in the frame.
 */
export function useStoreChanges(): void {
  const queries = useQueryClient();
  const { data } = useStore();
  const before = useRef<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    if (data.tables !== null) queries.setQueryData(LAST_KNOWN, data);
    const isAway = data.state === 'away';
    const now = `${data.kind} ${data.location} ${isAway ? 'away' : ''}`;
    if (before.current !== null && before.current !== now && !isAway) void queries.invalidateQueries();
    before.current = now;
  }, [data, queries]);
}
