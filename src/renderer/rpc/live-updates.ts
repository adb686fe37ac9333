import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { ChangeEvent } from '../../contract/schemas/events.ts';
import { useApi, useClient } from './provider.tsx';

const RETRY_MILLISECONDS = 5_000;
const POLL_MILLISECONDS = 60_000;
/** While history is read, windows close many times a second; the page asks again at most this often. */
const QUIET_MILLISECONDS = 2_000;

/** What is asked again after a change. */
const PENDING = {
  contexts: 'contexts',
  clusters: 'contexts',
  store: 'store',
  windows: 'figures',
  costs: 'costs',
  budgets: 'costs',
  recommendations: 'savings',
} as const;

/** Asks again for what the backend says has changed; while it can't say, asks every minute, and once it can again. */
export function useLiveUpdates(): void {
  const client = useClient();
  const api = useApi();
  const queries = useQueryClient();
  useEffect(() => {
    const ended = new AbortController();
    const pending = new Set<'contexts' | 'figures' | 'store' | 'costs' | 'savings'>();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let isTold = false;
    let greetings = 0;
    const flush = () => {
      timer = null;
      const kinds = [...pending];
      pending.clear();
      const keys = kinds.includes('figures')
        ? [api.metrics.key(), api.nodes.key(), api.explain.key(), api.audit.key()]
        : [];
      // The score changes with each window; recommendations say so themselves.
      if (kinds.includes('savings')) void queries.invalidateQueries({ queryKey: api.recommendations.key() });
      if (kinds.includes('savings') || kinds.includes('figures'))
        void queries.invalidateQueries({ queryKey: api.score.key() });
      if (kinds.includes('costs')) {
        for (const queryKey of [api.budgets.key(), api.teams.key(), api.costs.key()]) {
          void queries.invalidateQueries({ queryKey });
        }
      }
      // Away or back: its state, and whatever could not be answered. What it holds now is asked where that changed.
      if (kinds.includes('store')) {
        void queries.invalidateQueries({ queryKey: api.store.key() });
        void queries.invalidateQueries({ predicate: (query) => query.state.status === 'error' });
      }
      for (const queryKey of [
        api.contexts.list.key(),
        api.clusters.key(),
        api.k8s.key(),
        api.system.key(),
        api.grid.key(),
        api.sources.key(),
        ...keys,
      ]) {
        void queries.invalidateQueries({ queryKey });
      }
    };
    const note = (event: ChangeEvent) => {
      if (event.kind === 'hello') {
        isTold = true;
        greetings += 1;
        // What happened between two streams was told to nobody.
        if (greetings > 1) askAll();
        return;
      }
      pending.add(PENDING[event.kind]);
      timer ??= setTimeout(flush, event.kind === 'windows' ? QUIET_MILLISECONDS : 50);
    };
    const askAll = () => {
      pending.add('figures').add('store').add('costs').add('savings');
      if (timer !== null) clearTimeout(timer);
      flush();
    };
    const poll = setInterval(() => {
      if (!isTold) askAll();
    }, POLL_MILLISECONDS);
    void (async () => {
      while (!ended.signal.aborted) {
        try {
          for await (const event of await client.system.changes(undefined, { signal: ended.signal })) note(event);
        } catch {
          // The poll takes over; the stream is asked for again below.
        }
        isTold = false;
        await pause(RETRY_MILLISECONDS, ended.signal);
      }
    })();
    return () => {
      ended.abort();
      clearInterval(poll);
      if (timer !== null) clearTimeout(timer);
    };
  }, [client, api, queries]);
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
