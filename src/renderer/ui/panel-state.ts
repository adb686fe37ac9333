import type { ReactNode } from 'react';
import type { PanelState } from './Panel.tsx';

interface Asked {
  readonly data: unknown;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/**
 * The state of a panel that shows one query. Data that is there stays shown while it is asked for again, and also when
 * that fails: then the panel is partial and says so. `empty` is what to show where the answer holds nothing.
 */
export function panelStateOf(query: Asked, empty: ReactNode = null): PanelState {
  if (query.data !== undefined && query.error !== null) {
    return { kind: 'partial', message: 'These are the last good figures; the newest could not be read.' };
  }
  if (query.error !== null) return { kind: 'failed', error: query.error, onRetry: () => void query.refetch() };
  if (query.isPending) return { kind: 'loading' };
  return empty === null ? { kind: 'ready' } : { kind: 'empty', content: empty };
}
