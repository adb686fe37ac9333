import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Pause, Play, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Cluster } from '../../../contract/schemas/kubernetes/clusters.ts';
import { RemoveDialog } from '../../app/kubernetes/RemoveDialog.tsx';
import { usePause } from '../../app/kubernetes/use-registry.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';

const ICON = { 'aria-hidden': true, strokeWidth: 1.75 } as const;

/** Sync now, pause or resume, remove; what a call said stands beside them. */
export function ClusterActions({ cluster, onRemoved }: { cluster: Cluster; onRemoved: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const [isRemoving, setRemoving] = useState(false);
  const pause = usePause();
  const sync = useMutation(
    api.k8s.sync.mutationOptions({ onSuccess: () => void queries.invalidateQueries({ queryKey: api.k8s.key() }) }),
  );
  const isPaused = cluster.status === 'paused';
  const error = sync.error ?? pause.error;
  const said = error === null ? sync.data?.message : `${failureOf(error).message}. ${failureOf(error).hint ?? ''}`;
  return (
    <>
      <span role="status" className={error === null ? 'text-small text-fg-3' : 'text-small text-bad'}>
        {said}
      </span>
      <Button disabled={isPaused || sync.isPending} onClick={() => sync.mutate({ id: cluster.id })}>
        <RefreshCw {...ICON} />
        Sync now
      </Button>
      <Button
        disabled={pause.isPending}
        onClick={() => pause.mutate({ id: cluster.id, status: isPaused ? 'active' : 'paused' })}
      >
        {isPaused ? <Play {...ICON} /> : <Pause {...ICON} />}
        {isPaused ? 'Resume' : 'Pause'}
      </Button>
      <Button onClick={() => setRemoving(true)}>
        <Trash2 {...ICON} />
        Remove
      </Button>
      {isRemoving && (
        <RemoveDialog id={cluster.id} name={cluster.name} onClose={() => setRemoving(false)} onRemoved={onRemoved} />
      )}
    </>
  );
}
