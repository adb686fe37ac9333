import type Database from 'better-sqlite3';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import type { AuditEntry } from '../../model/audit.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import type { IntensityRecord } from '../../model/grid.ts';
import { addAudit } from './audit-log.ts';
import { deleteCluster, putCluster } from './cluster-writer.ts';
import { putEmbodied } from './embodied-cache.ts';
import { putIntensities } from './intensities.ts';
import { releaseLease, takeLease } from './lease-operations.ts';
import { type MaintenanceProgress, type MaintenanceStep, maintain } from './maintain.ts';
import type { PackedWindow } from './packed-window.ts';
import { vacuum } from './vacuum.ts';
import type { WindowWriter } from './write-window.ts';

export interface WritingThread {
  readonly database: Database.Database;
  readonly windows: WindowWriter;
}

/** What the writing thread can be asked, by name. */
export const WRITE_OPERATIONS = {
  replaceWindow: ({ windows }: WritingThread, window: PackedWindow): void => windows.replace(window),
  putCluster: ({ database }: WritingThread, cluster: ClusterRecord): void => putCluster(database, cluster),
  deleteCluster: ({ database, windows }: WritingThread, clusterId: string): void => {
    deleteCluster(database, clusterId);
    windows.forget();
  },
  takeLease: ({ database }: WritingThread, request: LeaseRequest): LeaseAnswer =>
    takeLease(database, request, Date.now() / 1000),
  releaseLease: ({ database }: WritingThread, lease: Lease): void => releaseLease(database, lease),
  putIntensities: ({ database }: WritingThread, records: readonly IntensityRecord[]): void =>
    putIntensities(database, records),
  putEmbodied: ({ database }: WritingThread, entry: CachedEmbodied): void => putEmbodied(database, entry),
  addAudit: ({ database }: WritingThread, entry: AuditEntry): void => addAudit(database, entry),
  /** Hours that ended are compacted first: what is removed later is in their sums. */
  maintain: ({ database, windows }: WritingThread, step: MaintenanceStep): MaintenanceProgress =>
    step.cursor === null && windows.compactOne(step.nowSeconds)
      ? { cursor: null, isDone: false, removed: { compactedHours: 1 } }
      : maintain(database, step),
  vacuum: ({ database, windows }: WritingThread, _: null): boolean => {
    const isMore = vacuum(database);
    // It may have removed keys.
    windows.forget();
    return isMore;
  },
} as const;

export type WriteOperations = typeof WRITE_OPERATIONS;
