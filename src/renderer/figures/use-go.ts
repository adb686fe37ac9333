import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';
import { keptSearch } from '../app/view/kept-search.ts';

/** Goes to another page with cluster, range and metric kept, and that page's own keys set. */
export function useGo(): (to: string, own?: Readonly<Record<string, string | undefined>>) => void {
  const navigate = useNavigate();
  return useCallback(
    (to, own = {}) => {
      void navigate({ to, search: (before: Record<string, unknown>) => ({ ...keptSearch(before), ...own }) });
    },
    [navigate],
  );
}
