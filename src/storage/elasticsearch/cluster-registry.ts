import type { ClusterRecord } from '../../model/cluster.ts';
import { CLUSTER_COLUMNS, clusterRecordOf, clusterValues } from '../sql/cluster-line.ts';
import { bulk } from './bulk.ts';
import { ofCluster } from './clauses.ts';
import { deleteMatching } from './documents.ts';
import { freeLease } from './leases.ts';
import type { Store } from './store.ts';
import { FAMILIES } from './templates/index.ts';

const INDEX = 'k8s-clusters';
const MOST_CLUSTERS = 10_000;
/** What a cluster has that is registered for the first time. */
const FIRST = { status: 'active', health_status: 'unknown', tags: [], metadata: {} };

/** Adds a cluster to the registry, or replaces what the record knows of it. */
export async function putCluster({ requests, names }: Store, cluster: ClusterRecord): Promise<void> {
  const values = clusterValues(cluster);
  const doc = Object.fromEntries(CLUSTER_COLUMNS.map((column, place) => [column, values[place] ?? null]));
  const upsert = { ...doc, ...FIRST };
  const update = { index: names.of(INDEX), id: cluster.id, doc, upsert, refresh: true, retry_on_conflict: 5 };
  await requests.send((options) => requests.client.update(update, options));
}

/** All registered clusters, by name. */
export async function listClusters({ requests, names }: Store): Promise<readonly ClusterRecord[]> {
  const body = { size: MOST_CLUSTERS, sort: ['name', 'id'], track_total_hits: false };
  const { hits } = (await requests.search([names.of(INDEX)], body)).hits;
  return hits.map(({ _source }) => clusterRecordOf(_source));
}

/**
 * Removes every document of a cluster; its head goes last, so that one who is cut off can begin again. Where it was ever
 * leased the epoch stays: a holder that was frozen while the cluster was deleted still writes nothing.
 */
export async function deleteCluster({ requests, names, heads }: Store, clusterId: string): Promise<void> {
  const kept = ['cluster-heads', 'leases'];
  const indices = FAMILIES.filter(({ name }) => !kept.includes(name)).map(({ name }) => names.all(name));
  await deleteMatching(requests, indices, ofCluster(clusterId), (operations) => bulk(requests, operations));
  await bulk(requests, [{ kind: 'delete', index: names.of(INDEX), id: clusterId }]);
  const epoch = await freeLease(requests, names, clusterId);
  await heads.forget(clusterId, epoch);
}
