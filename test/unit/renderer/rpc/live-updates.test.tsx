import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ChangeEvent } from '../../../../src/contract/schemas/events.ts';
import { useLiveUpdates } from '../../../../src/renderer/rpc/live-updates.ts';
import { useApi } from '../../../../src/renderer/rpc/provider.tsx';
import { useStream } from '../../../../src/renderer/rpc/use-stream.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

/** A stream that a test feeds by hand. */
function fedStream<T>() {
  const waiting: ((item: T) => void)[] = [];
  async function* stream(signal: AbortSignal | undefined): AsyncGenerator<T, void, void> {
    while (signal?.aborted !== true) {
      const next = Promise.withResolvers<T | null>();
      waiting.push(next.resolve);
      signal?.addEventListener('abort', () => next.resolve(null), { once: true });
      const item = await next.promise;
      if (item === null) return;
      yield item;
    }
  }
  return { stream, feed: (item: T) => waiting.shift()?.(item), isOpen: () => waiting.length > 0 };
}

function Page() {
  useLiveUpdates();
  const api = useApi();
  const clusters = useQuery(api.clusters.list.queryOptions());
  const summary = useQuery(api.metrics.summary.queryOptions({ input: { tz: 'UTC' } }));
  return <p>{clusters.isSuccess && summary.isSuccess ? 'shown' : 'loading'}</p>;
}

describe('useLiveUpdates', () => {
  it('asks again for what changed, and for nothing else', async () => {
    const changes = fedStream<ChangeEvent>();
    const { calls } = renderPart(<Page />, {
      system: { changes: async (_input, options) => changes.stream(options?.signal) },
    });
    await screen.findByText('shown');
    const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
    await waitFor(() => expect(changes.isOpen()).toBe(true));
    await act(async () => changes.feed({ kind: 'hello', version: '0' }));
    await waitFor(() => expect(changes.isOpen()).toBe(true));
    await act(async () => changes.feed({ kind: 'clusters', cluster_id: 'c-eu' }));
    await waitFor(() => expect(count('clusters.list')).toBe(2));
    expect(count('metrics.summary')).toBe(1);
    await act(async () => changes.feed({ kind: 'windows', cluster_id: 'c-eu', start: '', end: '' }));
    await waitFor(() => expect(count('metrics.summary')).toBe(2), { timeout: 5000 });
  });
});

describe('useLiveUpdates on recommendations', () => {
  it('asks for them and the score, not for the figures', async () => {
    const changes = fedStream<ChangeEvent>();
    function Both() {
      useLiveUpdates();
      const api = useApi();
      const open = useQuery(api.recommendations.active.queryOptions({ input: {} }));
      const score = useQuery(api.score.get.queryOptions({ input: {} }));
      const summary = useQuery(api.metrics.summary.queryOptions({ input: { tz: 'UTC' } }));
      return <p>{`${open.status} ${score.status} ${summary.status}`}</p>;
    }
    const { calls } = renderPart(<Both />, {
      system: { changes: async (_input, options) => changes.stream(options?.signal) },
    });
    await screen.findByText('success success success');
    const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
    await waitFor(() => expect(changes.isOpen()).toBe(true));
    await act(async () => changes.feed({ kind: 'hello', version: '0' }));
    await waitFor(() => expect(changes.isOpen()).toBe(true));
    await act(async () => changes.feed({ kind: 'recommendations', cluster_id: 'c-eu' }));
    await waitFor(() => expect(count('recommendations.active')).toBe(2));
    await waitFor(() => expect(count('score.get')).toBe(2));
    expect(count('metrics.summary')).toBe(1);
  });
});

describe('useLiveUpdates on an event of the store', () => {
  it('asks its state and what failed, not what is shown', async () => {
    const changes = fedStream<ChangeEvent>();
    let isAway = true;
    function Both() {
      useLiveUpdates();
      const api = useApi();
      const store = useQuery(api.store.status.queryOptions());
      const good = useQuery(api.metrics.summary.queryOptions({ input: { tz: 'UTC' } }));
      const bad = useQuery(api.nodes.list.queryOptions({ input: {} }));
      return <p>{`${store.status} ${good.status} ${bad.status}`}</p>;
    }
    const { calls } = renderPart(<Both />, {
      system: { changes: async (_input, options) => changes.stream(options?.signal) },
      nodes: {
        list: async () => {
          if (isAway) throw new Error('away');
          return { nodes: [], period: { start: '2026-11-12T14:00:00Z', end: '2026-11-19T14:00:00Z' } };
        },
      },
    });
    await screen.findByText('success success error');
    const count = (operation: string) => calls.filter((call) => call.operation === operation).length;
    isAway = false;
    await waitFor(() => expect(changes.isOpen()).toBe(true));
    await act(async () => changes.feed({ kind: 'store' }));
    expect(await screen.findByText('success success success')).toBeTruthy();
    expect(count('store.status')).toBe(2);
    expect(count('nodes.list')).toBe(2);
    expect(count('metrics.summary')).toBe(1);
  });
});

describe('useStream', () => {
  function Follow({ name }: { name: string | null }) {
    const { stream } = fed;
    const { items, status } = useStream<number>(name, async (_key, signal) => {
      signals.push(signal);
      return stream(signal);
    });
    return <p>{`${status} ${items.join(',')}`}</p>;
  }
  let fed = fedStream<number>();
  let signals: AbortSignal[] = [];

  it('holds what came, and cancels when the page goes', async () => {
    fed = fedStream();
    signals = [];
    const { unmount } = renderPart(<Follow name="a" />);
    await waitFor(() => expect(fed.isOpen()).toBe(true));
    await act(async () => fed.feed(1));
    await waitFor(() => expect(fed.isOpen()).toBe(true));
    await act(async () => fed.feed(2));
    expect(await screen.findByText('running 1,2')).toBeTruthy();
    unmount();
    expect(signals.map((signal) => signal.aborted)).toEqual([true]);
  });

  it('follows nothing without a key', async () => {
    signals = [];
    renderPart(<Follow name={null} />);
    expect(await screen.findByText('idle')).toBeTruthy();
    expect(signals).toEqual([]);
  });
});
