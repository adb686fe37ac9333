/** Resolves when a listener of the set is called, or when the signal fires; leaves nothing behind. */
export async function callOrAbort(listeners: Set<() => void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  listeners.add(done);
  signal.addEventListener('abort', done, { once: true });
  await promise;
  listeners.delete(done);
  signal.removeEventListener('abort', done);
}

/** A signal that never fires, for callers that can't cancel. */
export function signalOr(signal: AbortSignal | undefined): AbortSignal {
  return signal ?? new AbortController().signal;
}
