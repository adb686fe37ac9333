import type { MaintenanceResult } from '../../core/ports/store-care.ts';
import { DEFAULT_KUBERNETES_RETENTION } from '../../model/kubernetes-retention.ts';
import { checkRetention, type RetentionPolicy } from '../../model/retention.ts';
import { type EpochSeconds, floorTo } from '../../model/time.ts';
import { pruneIntensities } from './intensities.ts';
import { makePartitions, monthOf } from './partitions.ts';
import { pruneKubernetes } from './prune-kubernetes.ts';
import { pruneRows } from './prune-rows.ts';
import { pruneScores } from './prune-scores.ts';
import { DAY } from './rollups.ts';
import type { Session } from './session.ts';

const MONTHS_AHEAD = 3;
const MONTHLY_TABLES = ['combined_metrics', 'k8s_pods', 'k8s_resource_metrics'];

/** Makes the months to come, and removes what is older than the policy: finer levels first. */
export async function maintain(
  session: Session,
  policy: RetentionPolicy,
  nowSeconds: EpochSeconds,
): Promise<MaintenanceResult> {
  checkRetention(policy);
  const before = (days: number): EpochSeconds => floorTo(nowSeconds, DAY) - days * DAY;
  await session.transaction(() => makeMonthsAhead(session, nowSeconds));
  const removedRows = await pruneRows(session, before(policy.rawDays));
  const removedPodHours = await prune(session, ['rollup_hour_pod'], before(policy.podHourDays));
  const hours = before(policy.hourDays);
  const removedHours = await prune(session, ['rollup_hour_workload', 'rollup_hour_namespace'], hours);
  await pruneNodes(session, hours);
  const podDays = before(policy.podDayDays);
  const removedPodDays = await prune(session, ['rollup_day_pod'], podDays);
  await prunePods(session, podDays);
  const removedDays =
    policy.dayDays === null
      ? 0
      : await prune(session, ['rollup_day_workload', 'rollup_day_namespace'], before(policy.dayDays));
  await pruneIntensities(session, nowSeconds);
  await pruneScores(session, nowSeconds);
  await pruneKubernetes(session, DEFAULT_KUBERNETES_RETENTION, nowSeconds);
  return { compactedHours: 0, removedRows, removedPodHours, removedHours, removedPodDays, removedDays };
}

/** Partitions for this month and the three after it. */
export async function makeMonthsAhead(session: Session, nowSeconds: EpochSeconds): Promise<void> {
  const month = monthOf(nowSeconds);
  const months = Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => month + ahead);
  for (const table of MONTHLY_TABLES) await makePartitions(session, table, months);
}

/** Removes lines of roll-ups, a day of a cluster at a time. */
async function prune(session: Session, tables: readonly string[], before: EpochSeconds): Promise<number> {
  let removed = 0;
  const clusters = await session.query('SELECT id FROM cluster_keys ORDER BY id');
  for (const table of tables) {
    for (const { id } of clusters) {
      const [line = {}] = await session.query(
        `SELECT MIN(start_seconds) AS oldest FROM ${table} WHERE cluster_key = $1 AND start_seconds < $2`,
        [id, before],
      );
      if (typeof line.oldest !== 'number') continue;
      for (let day = floorTo(line.oldest, DAY); day < before; day += DAY) {
        removed += await session.change(
          `DELETE FROM ${table} WHERE cluster_key = $1 AND start_seconds >= $2 AND start_seconds < $3`,
          [id, day, day + DAY],
        );
      }
    }
  }
  return removed;
}

// Every index leads with the cluster.
const OF_CLUSTERS = 'cluster_id = ANY(ARRAY(SELECT cluster_id FROM cluster_keys))';

/** Facts of nodes go with the hours; what a node was at the border stays, as later windows are compared with it. */
async function pruneNodes(session: Session, before: EpochSeconds): Promise<void> {
  await session.change(`DELETE FROM node_windows WHERE ${OF_CLUSTERS} AND timestamp < to_timestamp($1::bigint)`, [
    before,
  ]);
  for (const [table, node] of [
    ['node_sightings', 'node'],
    ['node_snapshots', 'name'],
  ] as const) {
    await session.change(
      `DELETE FROM ${table} t USING (SELECT cluster_id, ${node} AS node, MAX(window_timestamp) AS newest FROM ${table}
         WHERE ${OF_CLUSTERS} AND window_timestamp < to_timestamp($1::bigint) GROUP BY cluster_id, ${node}) last
       WHERE t.cluster_id = last.cluster_id AND t.${node} = last.node AND t.window_timestamp < last.newest`,
      [before],
    );
  }
}

/** Presence goes with the days by pod, and with it the names of pods that nothing tells of any more. */
async function prunePods(session: Session, before: EpochSeconds): Promise<void> {
  for (const { id, cluster_id: clusterId } of await session.query(
    'SELECT id, cluster_id FROM cluster_keys ORDER BY id',
  )) {
    const gone = await session.change('DELETE FROM presence WHERE cluster_key = $1 AND last_end_seconds <= $2', [
      id,
      before,
    ]);
    if (gone === 0) continue;
    await session.transaction(async () => {
      // Nobody writes a window of the cluster meanwhile; who does so after it finds the new version.
      await session.query('SELECT 1 FROM leases WHERE cluster_id = $1 FOR UPDATE', [clusterId]);
      await session.query('UPDATE cluster_keys SET keys_version = keys_version + 1 WHERE id = $1', [id]);
      await session.query(
        `DELETE FROM pod_keys k WHERE k.cluster_key = $1 AND k.row_kind = 0
           AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.key_id = k.id)`,
        [id],
      );
      await session.query(
        `DELETE FROM pod_identities i WHERE i.cluster_key = $1 AND NOT EXISTS (
           SELECT 1 FROM pod_keys k WHERE k.cluster_key = $1 AND k.namespace = i.namespace AND k.pod = i.pod)`,
        [id],
      );
    });
  }
}
