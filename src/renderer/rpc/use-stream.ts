import { useEffect, useRef, useState } from 'react';
import { isAbort } from './failure.ts';

export interface StreamState<T> {
  readonly items: readonly T[];
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly error: unknown;
  /** Starts again from nothing. */
  readonly again: () => void;
}

/**
 * Follows a stream of the backend while `key` stays the same; null follows none. Leaving the page or a new key ends it,
 * which the backend sees as a cancel. `keep` limits what is held (the last items).
 */
export function useStream<T>(
  key: string | null,
  open: (key: string, signal: AbortSignal) => Promise<AsyncIterable<T>>,
  keep = 200,
): StreamState<T> {
  // Counts the starts: a new one runs the effect again, which ends the stream before it.
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<StreamState<T>, 'again'>>({ items: [], status: 'idle', error: null });
  const opener = useRef(open);
  opener.current = open;
  useEffect(() => {
    setState({ items: [], status: key === null ? 'idle' : 'running', error: null });
    if (key === null || round < 0) return undefined;
    const ended = new AbortController();
    void (async () => {
      try {
        for await (const item of await opener.current(key, ended.signal)) {
          if (ended.signal.aborted) return;
          setState((before) => ({ ...before, items: [...before.items, item].slice(-keep) }));
        }
        if (!ended.signal.aborted) setState((before) => ({ ...before, status: 'done' }));
      } catch (error) {
        if (!ended.signal.aborted && !isAbort(error)) setState((before) => ({ ...before, status: 'failed', error }));
      }
    })();
    return () => ended.abort();
  }, [key, keep, round]);
  return { ...state, again: () => setRound((before) => before + 1) };
}
