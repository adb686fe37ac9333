import { useSyncExternalStore } from 'react';

const TALL = '(min-height: 1000px)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(TALL);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the window has room for more rows; the same height at which charts grow. */
export function useTallScreen(): boolean {
  return useSyncExternalStore(subscribe, () => window.matchMedia(TALL).matches);
}
