import type { Failure } from '../../model/failure.ts';

/**
 * Work that must end within a time: past it, its signal fires and `late()` is thrown, also where the work does not heed
 * the signal. A signal of the caller that fires first is left to the work.
 */
export async function within<T>(
  milliseconds: number,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
  late: () => Failure,
): Promise<T> {
  const limit = new AbortController();
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(late());
    limit.abort();
  }, milliseconds);
  try {
    return await Promise.race([work(AbortSignal.any([signal, limit.signal])), passed]);
  } finally {
    clearTimeout(timer);
  }
}
