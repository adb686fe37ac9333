import type { WorkersStatus } from '../../../contract/schemas/kubernetes/workers.ts';
import type { WorkerState } from '../../../core/ports/sync-desk.ts';
import type { EpochSeconds } from '../../../model/time.ts';
import { toIso } from '../../ranges/instants.ts';
import type { KubernetesDeps } from './deps.ts';

/** Nothing is asked for this. */
export function workersStatus({ sync, workers }: Pick<KubernetesDeps, 'sync' | 'workers'>): WorkersStatus {
  return { workers: [...sync.status(), ...workers.flatMap((status) => status())].map(workerWire) };
}

function workerWire(worker: WorkerState): WorkersStatus['workers'][number] {
  return {
    name: worker.name,
    running: worker.isRunning,
    interval_seconds: worker.intervalSeconds,
    last_run_at: isoOrNull(worker.lastRunAtSeconds),
    last_error: worker.lastError,
    counts: { ...worker.counts },
    clusters: worker.clusters.map(({ clusterId, state, lastRunAtSeconds, lastError }) => ({
      cluster_id: clusterId,
      state,
      last_run_at: isoOrNull(lastRunAtSeconds),
      last_error: lastError,
    })),
  };
}

function isoOrNull(seconds: EpochSeconds | null): string | null {
  return seconds === null ? null : toIso(Math.floor(seconds));
}
