import type { Progress } from '../../../contract/schemas/contexts.ts';
import { useClient } from '../../rpc/provider.tsx';
import { useStream } from '../../rpc/use-stream.ts';

export interface Reading {
  readonly progress: Progress | null;
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  readonly error: unknown;
  readonly again: () => void;
}

/** Follows the reading of a cluster's history; null follows none. */
export function useProgress(cluster: string | null): Reading {
  const client = useClient();
  const stream = useStream(cluster, (id, signal) => client.clusters.progress({ cluster: id }, { signal }), 1);
  return { progress: stream.items.at(-1) ?? null, status: stream.status, error: stream.error, again: stream.again };
}
