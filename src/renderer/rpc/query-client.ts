import { QueryClient } from '@tanstack/react-query';
import { failureOf } from './failure.ts';

const WORTH_A_SECOND_TRY = new Set(['connection-lost', 'timeout', 'unexpected']);

/** Answers stay until the backend says that something changed; only failures that may pass are tried again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        gcTime: 10 * 60_000,
        refetchOnWindowFocus: true,
        // Loopback and message ports work without a network; the browser's own idea of "offline" says nothing here.
        networkMode: 'always',
        retry: (count, error) => count < 2 && WORTH_A_SECOND_TRY.has(failureOf(error).code),
      },
      mutations: { networkMode: 'always' },
    },
  });
}
