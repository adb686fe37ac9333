import { act, renderHook, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useStream } from '../../../../src/renderer/rpc/use-stream.ts';
import { openStreamOf, streamOf } from '../../../fakes/client/client.ts';

type Open = (key: string, signal: AbortSignal) => Promise<AsyncIterable<number>>;

function follow(open: Open, keep?: number) {
  return renderHook(({ name }: { name: string | null }) => useStream<number>(name, open, keep), {
    initialProps: { name: 'a' as string | null },
  });
}

describe('useStream', () => {
  it('is done when the stream ends, and holds what came', async () => {
    const { result } = follow(async () => streamOf(1, 2));
    await waitFor(() => expect(result.current.status).toBe('done'));
    expect(result.current.items).toEqual([1, 2]);
    expect(result.current.error).toBeNull();
  });

  it('holds only the last ones', async () => {
    const { result } = follow(async () => streamOf(1, 2, 3, 4), 2);
    await waitFor(() => expect(result.current.status).toBe('done'));
    expect(result.current.items).toEqual([3, 4]);
  });

  it('fails with what came before', async () => {
    const failure = new Error('gone');
    const { result } = follow(async () =>
      (async function* () {
        yield 1;
        throw failure;
      })(),
    );
    await waitFor(() => expect(result.current.status).toBe('failed'));
    expect(result.current.items).toEqual([1]);
    expect(result.current.error).toBe(failure);
  });

  it('fails where it cannot be opened, and starts from nothing again', async () => {
    let round = 0;
    const { result } = follow(async () => {
      round += 1;
      if (round === 1) throw new Error('not now');
      return streamOf(7);
    });
    await waitFor(() => expect(result.current.status).toBe('failed'));
    act(() => result.current.again());
    await waitFor(() => expect(result.current.status).toBe('done'));
    expect(result.current.items).toEqual([7]);
    expect(result.current.error).toBeNull();
  });

  it('ends the one before when the key changes, and shows nothing of it', async () => {
    const signals = new Map<string, AbortSignal>();
    const { result, rerender } = follow(async (key, signal) => {
      signals.set(key, signal);
      return openStreamOf(signal, key === 'a' ? 1 : 2);
    });
    await waitFor(() => expect(result.current.items).toEqual([1]));
    rerender({ name: 'b' });
    await waitFor(() => expect(result.current.items).toEqual([2]));
    expect(signals.get('a')?.aborted).toBe(true);
    expect(signals.get('b')?.aborted).toBe(false);
    rerender({ name: null });
    expect(result.current).toMatchObject({ items: [], status: 'idle' });
    expect(signals.get('b')?.aborted).toBe(true);
  });

  it('takes what a person stopped for no failure', async () => {
    const { result } = follow(async () => {
      throw new DOMException('stopped', 'AbortError');
    });
    await act(async () => undefined);
    expect(result.current.status).toBe('running');
    expect(result.current.error).toBeNull();
  });

  it('opens one stream, however often the page is drawn', async () => {
    let opened = 0;
    const { rerender } = follow(async (_key, signal) => {
      opened += 1;
      return openStreamOf(signal, 1);
    });
    rerender({ name: 'a' });
    rerender({ name: 'a' });
    await act(async () => undefined);
    expect(opened).toBe(1);
  });
});
