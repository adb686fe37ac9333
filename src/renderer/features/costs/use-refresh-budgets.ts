import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useApi } from '../../rpc/provider.tsx';

/** Asks again for budgets and alerts, after one was changed here. */
export function useRefreshBudgets(): () => void {
  const api = useApi();
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: api.budgets.key() }), [api, queries]);
}
