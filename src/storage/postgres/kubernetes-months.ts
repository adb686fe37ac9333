import type { EpochSeconds } from '../../model/time.ts';
import { type Month, makePartitions, monthOf } from './partitions.ts';
import type { Session } from './session.ts';

/** Tables of the Kubernetes part that are kept by month. */
export type MonthlyKubernetesTable = 'k8s_pods' | 'k8s_resource_metrics';

const MONTHS_AHEAD = 3;

/** The months of these instants, the one of now and the three after it; each once, in order. */
export function monthsFor(instants: Iterable<EpochSeconds>, nowSeconds: EpochSeconds): readonly Month[] {
  const now = monthOf(nowSeconds);
  const months = new Set(Array.from({ length: MONTHS_AHEAD + 1 }, (_, ahead) => now + ahead));
  for (const seconds of instants) months.add(monthOf(seconds));
  return [...months].sort((left, right) => left - right);
}

/**
 * Makes the months that rows of these instants need, and three ahead of now. A pod is as old as its creation: call it
 * before pods of a cluster are first written. In a transaction, which is best one of its own.
 */
export async function makeKubernetesMonths(
  session: Session,
  table: MonthlyKubernetesTable,
  instants: Iterable<EpochSeconds>,
  nowSeconds: EpochSeconds,
): Promise<void> {
  await makePartitions(session, table, monthsFor(instants, nowSeconds));
}

/** The months that a table has, oldest first. */
export async function listMonths(session: Session, table: MonthlyKubernetesTable): Promise<readonly Month[]> {
  const lines = await session.query(
    `SELECT c.relname::text AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
     WHERE i.inhparent = to_regclass($1)`,
    [table],
  );
  return lines
    .flatMap(({ name }) => {
      const [, year, month] = /_(\d{4,})_(\d\d)$/.exec(String(name)) ?? [];
      return year === undefined ? [] : [Number(year) * 12 + Number(month) - 1];
    })
    .sort((left, right) => left - right);
}
