import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useApi } from '../rpc/provider.tsx';
import { ErrorState } from '../ui/ErrorState.tsx';
import { useDelayed } from '../ui/use-delayed.ts';
import { useClusters } from './clusters-query.ts';

/** Pages of figures need a cluster: with none stored and none collecting, the first run takes their place. */
export function FirstRunGate({ children }: { children: ReactNode }) {
  const api = useApi();
  const contexts = useQuery(api.contexts.list.queryOptions());
  const clusters = useClusters();
  const slow = useDelayed(clusters.data === undefined && clusters.error === null, 400);
  if (clusters.data === undefined) {
    if (clusters.error !== null) {
      return (
        <div className="flex h-full">
          <ErrorState error={clusters.error} onRetry={() => void clusters.refetch()} />
        </div>
      );
    }
    return slow ? (
      <p role="status" className="p-6 text-small text-fg-3">
        Starting the collector
      </p>
    ) : null;
  }
  const isEmpty = clusters.data.clusters.length === 0;
  if (isEmpty && contexts.data === undefined && contexts.error === null) return null;
  const collects = contexts.data?.contexts.some((context) => context.collecting) ?? false;
  if (isEmpty && !collects)
    return <Navigate to="/first-run" search={(before: Record<string, unknown>) => before} replace />;
  return children;
}
