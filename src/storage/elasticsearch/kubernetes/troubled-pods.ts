import type { KubePod } from '../../../model/kubernetes/objects.ts';
import { PODS } from '../../sql/kubernetes/record-tables.ts';
import { ofCluster } from '../clauses.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { findRecords, is, lacks, type Sort } from './find-records.ts';

const MOST_RESTARTS: Sort = [{ restart_count: 'desc' }, 'name', 'id'];
const LOOPS = is('status', 'CrashLoopBackOff');
const NO_LOOP: Query = { bool: { must_not: [LOOPS] } };

/** Crash loops, then what waits, then what restarted or is in no good phase: each by restarts. */
export async function troubledPods(store: Store, clusterId: string, limit: number): Promise<readonly KubePod[]> {
  const there = [ofCluster(clusterId), lacks('finished_at')];
  const find = (...conditions: readonly Query[]): Promise<readonly KubePod[]> =>
    findRecords(store, PODS, [...there, ...conditions], MOST_RESTARTS, limit);
  const [loops, pending, bad, running] = await Promise.all([
    find(LOOPS, { bool: { must_not: [is('phase', 'Succeeded')] } }),
    find(is('phase', 'Pending'), NO_LOOP),
    find({ terms: { phase: ['Failed', 'Unknown'] } }, NO_LOOP),
    find(is('phase', 'Running'), NO_LOOP),
  ]);
  const others = [...bad, ...running.filter(({ restartCount }) => restartCount > 0)];
  others.sort((a, b) => b.restartCount - a.restartCount || (placeOf(a) < placeOf(b) ? -1 : 1));
  return [...loops, ...pending, ...others].slice(0, limit);
}

function placeOf({ name, id }: KubePod): string {
  return `${name}\u0000${id}`;
}
