import { useQuery } from '@tanstack/react-query';
import { act, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeEvent } from '../../../../src/contract/schemas/events.ts';
import { useLiveUpdates } from '../../../../src/renderer/rpc/live-updates.ts';
import { useApi } from '../../../../src/renderer/rpc/provider.tsx';
import { openStreamOf, streamOf } from '../../../fakes/client/client.ts';
import { renderPart } from '../../../fakes/client/render-part.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));
const hello: ChangeEvent = { kind: 'hello', version: '0' };
const windowOf = (id: string): ChangeEvent => ({ kind: 'windows', cluster_id: id, start: '', end: '' });

function Page() {
  useLiveUpdates();
  const api = useApi();
  const contexts = useQuery(api.contexts.list.queryOptions());
  const clusters = useQuery(api.clusters.list.queryOptions());
  const summary = useQuery(api.metrics.summary.queryOptions({ input: { tz: 'UTC' } }));
  return <p>{contexts.isSuccess && clusters.isSuccess && summary.isSuccess ? 'shown' : 'loading'}</p>;
}

type Changes = (signal: AbortSignal | undefined) => AsyncIterable<ChangeEvent>;

async function show(changes: Changes) {
  const part = renderPart(<Page />, { system: { changes: async (_input, options) => changes(options?.signal) } });
  await pass(10);
  expect(screen.getByText('shown')).toBeTruthy();
  const count = (operation: string) => part.calls.filter((call) => call.operation === operation).length;
  return { ...part, count };
}

describe('useLiveUpdates', () => {
  it('leaves the page alone while the stream is open and quiet', async () => {
    const { count } = await show((signal) => openStreamOf(signal, hello));
    await pass(10 * 60_000);
    expect(count('metrics.summary')).toBe(1);
    expect(count('system.changes')).toBe(1);
  });

  it('asks every minute while there is no stream, and keeps asking for one', async () => {
    const { count } = await show(() => {
      throw new Error('no stream here');
    });
    await pass(60_000);
    expect(count('metrics.summary')).toBe(2);
    expect(count('contexts.list')).toBe(2);
    await pass(60_000);
    expect(count('metrics.summary')).toBe(3);
    expect(count('system.changes')).toBe(25);
  });

  it('asks every minute while a stream is open that never said hello', async () => {
    const { count } = await show((signal) => openStreamOf(signal));
    await pass(60_000);
    expect(count('metrics.summary')).toBe(2);
  });

  it('asks for everything once the stream is back: what came between was told to nobody', async () => {
    let round = 0;
    const { count } = await show((signal) => {
      round += 1;
      return round === 1 ? streamOf(hello) : openStreamOf(signal, hello);
    });
    expect(count('metrics.summary')).toBe(1);
    await pass(5_000);
    expect(count('system.changes')).toBe(2);
    expect([count('metrics.summary'), count('contexts.list'), count('clusters.list')]).toEqual([2, 2, 2]);
    await pass(5 * 60_000);
    expect(count('metrics.summary')).toBe(2);
  });

  it('asks once for many windows that close together', async () => {
    const { count } = await show((signal) => openStreamOf(signal, hello, ...['a', 'b', 'c', 'd'].map(windowOf)));
    await pass(1_900);
    expect(count('metrics.summary')).toBe(1);
    await pass(200);
    expect(count('metrics.summary')).toBe(2);
    await pass(60_000);
    expect(count('metrics.summary')).toBe(2);
  });

  it('asks soon for lists that changed, and leaves the figures', async () => {
    const { count } = await show((signal) => openStreamOf<ChangeEvent>(signal, hello, { kind: 'contexts' }));
    await pass(60);
    expect([count('contexts.list'), count('clusters.list'), count('metrics.summary')]).toEqual([2, 2, 1]);
  });

  it('ends with the page: the stream is cancelled and no clock stays', async () => {
    const signals: (AbortSignal | undefined)[] = [];
    const { unmount, count } = await show((signal) => {
      signals.push(signal);
      return openStreamOf(signal, hello, windowOf('a'));
    });
    unmount();
    expect(signals.map((signal) => signal?.aborted)).toEqual([true]);
    await pass(10 * 60_000);
    expect(count('system.changes')).toBe(1);
    expect(count('metrics.summary')).toBe(1);
  });
});
