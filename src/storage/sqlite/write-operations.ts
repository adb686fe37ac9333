import type Database from 'better-sqlite3';
import type { Lease, LeaseAnswer, LeaseRequest } from '../../core/ports/leases.ts';
import type { ClusterRecord } from '../../model/cluster.ts';
import { deleteCluster, putCluster } from './cluster-writer.ts';
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
