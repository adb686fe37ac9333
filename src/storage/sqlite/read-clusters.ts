import type Database from 'better-sqlite3';
import type { ClusterRecord } from '../../model/cluster.ts';
import { CLUSTER_COLUMNS, clusterRecordOf } from '../sql/cluster-line.ts';

/** All registered clusters, by name. */
export function readClusters(database: Database.Database): readonly ClusterRecord[] {
  return database
    .prepare(`SELECT ${CLUSTER_COLUMNS.join(', ')} FROM k8s_clusters ORDER BY name, id`)
    .all()
    .map(clusterRecordOf);
}
