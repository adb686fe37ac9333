import type Database from 'better-sqlite3';
import type { ClusterRecord } from '../../model/cluster.ts';
import { deleteCluster, putCluster } from './cluster-writer.ts';
import type { PackedWindow } from './packed-window.ts';
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
} as const;

export type WriteOperations = typeof WRITE_OPERATIONS;
