import type Database from 'better-sqlite3';
import type { KubernetesRetention } from '../../model/kubernetes-retention.ts';
import type { EpochSeconds } from '../../model/time.ts';

const DAY = 86_400;
/** Some tens of milliseconds of the writing thread. */
const ROWS_A_STEP = 5000;

/**
 * One step of the retention of the Kubernetes tables: removes at most 5,000 pods that finished before their limit, or
 * as many old resource metrics, and answers how many; 0 when nothing is left to do. Pods that run always stay.
 */
export function pruneKubernetes(
  database: Database.Database,
  retention: KubernetesRetention,
  nowSeconds: EpochSeconds,
): number {
  const limitOf = (days: number): string => isoOf(nowSeconds - days * DAY);
  const pods = database
    .prepare(
      `DELETE FROM k8s_pods WHERE rowid IN (
         SELECT rowid FROM k8s_pods WHERE finished_at < ? ORDER BY finished_at LIMIT ${ROWS_A_STEP})`,
    )
    .run(limitOf(retention.finishedPodDays)).changes;
  if (pods > 0) return pods;
  const clusters = database.prepare<[], string>('SELECT id FROM k8s_clusters').pluck().all();
  const metrics = database.prepare<[string, string, string]>(
    `DELETE FROM k8s_metric_rows WHERE (object_key, collected_at) IN (
       SELECT r.object_key, r.collected_at FROM k8s_metric_objects o JOIN k8s_metric_rows r ON r.object_key = o.id
       WHERE o.cluster_id = ? AND o.resource_type = ? AND r.collected_at < ? LIMIT ${ROWS_A_STEP})`,
  );
  for (const cluster of clusters) {
    for (const level of ['pod', 'cluster', 'namespace', 'deployment', 'node']) {
      const days = level === 'pod' ? retention.podMetricDays : retention.otherMetricDays;
      const removed = metrics.run(cluster, level, limitOf(days)).changes;
      if (removed > 0) return removed;
    }
  }
  forgetObjects(database);
  return 0;
}

/** What has no metrics left needs no name here; what a step leaves goes with the next maintenance. */
function forgetObjects(database: Database.Database): void {
  database.exec(
    `DELETE FROM k8s_metric_objects WHERE id IN (
       SELECT id FROM k8s_metric_objects o
       WHERE NOT EXISTS (SELECT 1 FROM k8s_metric_rows r WHERE r.object_key = o.id) LIMIT ${ROWS_A_STEP})`,
  );
}

function isoOf(seconds: EpochSeconds): string {
  return new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}
