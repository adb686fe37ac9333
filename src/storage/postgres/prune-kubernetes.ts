import type { KubernetesRetention } from '../../model/kubernetes-retention.ts';
import type { EpochSeconds } from '../../model/time.ts';
import { listMonths, type MonthlyKubernetesTable } from './kubernetes-months.ts';
import { type Month, monthStart, partitionName } from './partitions.ts';
import { stateOf } from './postgres-failure.ts';
import { quoteIdentifier } from './quoting.ts';
import type { Session } from './session.ts';

const DAY = 86_400;
const ROWS_A_STATEMENT = 5000;
/** How long a month that is to be dropped waits for readers, as new readers wait behind it. */
const LOCK_MILLISECONDS = 2000;

export interface PrunedKubernetes {
  /** Whole months, by name. */
  readonly droppedPartitions: readonly string[];
  readonly removedPods: number;
  readonly removedMetrics: number;
}

/**
 * Removes pods that finished before their limit and old resource metrics. A month goes whole where nothing in it is
 * to be kept, which is looked at under a lock that keeps writers out; else finished rows are deleted in pieces, and
 * pods that run stay. To be called outside a transaction.
 */
export async function pruneKubernetes(
  session: Session,
  retention: KubernetesRetention,
  nowSeconds: EpochSeconds,
): Promise<PrunedKubernetes> {
  const limitOf = (days: number): EpochSeconds => nowSeconds - days * DAY;
  const finished = limitOf(retention.finishedPodDays);
  const podMetrics = limitOf(retention.podMetricDays);
  const otherMetrics = limitOf(retention.otherMetricDays);
  const oldMetrics = Math.min(podMetrics, otherMetrics);
  const droppedPartitions = [
    ...(await dropMonths(session, { table: 'k8s_pods', limit: finished, keptBy: KEPT_PODS })),
    ...(await dropMonths(session, { table: 'k8s_resource_metrics', limit: oldMetrics, keptBy: [] })),
  ];
  const removedPods = await removeAll(session, FINISHED_PODS, [finished]);
  let removedMetrics = 0;
  for (const { id } of await session.query('SELECT id FROM k8s_clusters')) {
    for (const level of ['cluster', 'namespace', 'deployment', 'pod', 'node']) {
      const limit = level === 'pod' ? podMetrics : otherMetrics;
      removedMetrics += await removeAll(session, OLD_METRICS, [limit, id, level]);
    }
  }
  return { droppedPartitions, removedPods, removedMetrics };
}

const LIMIT = 'to_timestamp($1::bigint)';
const KEPT_PODS = ['finished_at IS NULL', `finished_at >= ${LIMIT}`];
const FINISHED_PODS = `DELETE FROM k8s_pods WHERE (id, created_at) IN (
  SELECT id, created_at FROM k8s_pods WHERE finished_at < ${LIMIT} ORDER BY finished_at LIMIT ${ROWS_A_STATEMENT})`;
const OLD_METRICS = `DELETE FROM k8s_resource_metrics WHERE (object_id, collected_at) IN (
  SELECT object_id, collected_at FROM k8s_resource_metrics
  WHERE collected_at < ${LIMIT} AND cluster_id = $2 AND resource_type = $3 ORDER BY collected_at LIMIT ${ROWS_A_STATEMENT})`;

interface Drop {
  readonly table: MonthlyKubernetesTable;
  /** Months that ended before it may go. */
  readonly limit: EpochSeconds;
  /** A row that meets one of these keeps its month; $1 is the limit. */
  readonly keptBy: readonly string[];
}

async function dropMonths(session: Session, drop: Drop): Promise<readonly string[]> {
  const dropped: string[] = [];
  for (const month of await listMonths(session, drop.table)) {
    const isOver = monthStart(month + 1) <= drop.limit;
    if (isOver && (await dropMonth(session, month, drop))) dropped.push(partitionName(drop.table, month));
  }
  return dropped;
}

/** False where it has to stay, or where it is in use, not ours to drop or gone: its rows are deleted then. */
async function dropMonth(session: Session, month: Month, drop: Drop): Promise<boolean> {
  try {
    if (await isKept(session, month, drop)) return false;
    return await session.transaction(async () => {
      await session.query(`SET LOCAL lock_timeout = ${LOCK_MILLISECONDS}`);
      // The table with all its months: nobody adds a pod to the month between the look and the drop.
      await session.query(`LOCK TABLE ${drop.table} IN ACCESS EXCLUSIVE MODE`);
      if (await isKept(session, month, drop)) return false;
      await session.query(`DROP TABLE ${quoteIdentifier(partitionName(drop.table, month))}`);
      return true;
    });
  } catch (error) {
    if (NOT_DROPPED.has(stateOf(error) ?? '')) return false;
    throw error;
  }
}

/** lock_not_available; insufficient_privilege, as who may delete rows need not own the table; undefined_table. */
const NOT_DROPPED = new Set(['55P03', '42501', '42P01']);

async function isKept(session: Session, month: Month, { table, limit, keptBy }: Drop): Promise<boolean> {
  const name = quoteIdentifier(partitionName(table, month));
  for (const condition of keptBy) {
    const values = condition.includes('$1') ? [limit] : [];
    const [found] = await session.query(`SELECT 1 FROM ${name} WHERE ${condition} LIMIT 1`, values);
    if (found !== undefined) return true;
  }
  return false;
}

async function removeAll(session: Session, statement: string, values: readonly unknown[]): Promise<number> {
  let removed = 0;
  let piece: number;
  do {
    piece = await session.change(statement, values);
    removed += piece;
  } while (piece === ROWS_A_STATEMENT);
  return removed;
}
