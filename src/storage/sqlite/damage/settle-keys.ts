import type Database from 'better-sqlite3';

/** Which columns of a table hold ids of another one. */
interface References {
  readonly table: string;
  readonly to: string;
  readonly columns: readonly string[];
}

const REFERENCES: readonly References[] = [
  { table: 'namespace_keys', to: 'texts', columns: ['namespace'] },
  {
    table: 'workload_keys',
    to: 'texts',
    columns: ['namespace', 'workload_kind', 'workload_name', 'node', 'team', 'zone', 'provider'],
  },
  { table: 'pod_identities', to: 'texts', columns: ['namespace', 'pod'] },
  {
    table: 'pod_keys',
    to: 'texts',
    columns: [
      'namespace',
      'pod',
      'node',
      'owner_kind',
      'owner_name',
      'workload_kind',
      'workload_name',
      'team',
      'zone',
      'provider',
      'node_zone',
      'instance_type',
    ],
  },
  { table: 'pod_keys', to: 'pod_identities', columns: ['pod_identity'] },
  { table: 'pod_keys', to: 'workload_keys', columns: ['workload_key'] },
  { table: 'pod_keys', to: 'namespace_keys', columns: ['namespace_key'] },
  { table: 'result_rows', to: 'texts', columns: ['pod_uid', 'estimation_reasons', 'calculation_version'] },
  { table: 'result_rows', to: 'pod_keys', columns: ['key_id'] },
  { table: 'presence', to: 'pod_keys', columns: ['key_id'] },
  { table: 'rollup_hour_pod', to: 'pod_keys', columns: ['key_id'] },
  { table: 'rollup_day_pod', to: 'pod_keys', columns: ['key_id'] },
  { table: 'rollup_hour_workload', to: 'workload_keys', columns: ['key_id'] },
  { table: 'rollup_day_workload', to: 'workload_keys', columns: ['key_id'] },
  { table: 'rollup_hour_namespace', to: 'namespace_keys', columns: ['key_id'] },
  { table: 'rollup_day_namespace', to: 'namespace_keys', columns: ['key_id'] },
  { table: 'node_window_rows', to: 'texts', columns: ['node', 'curve_id'] },
  { table: 'node_sightings', to: 'texts', columns: ['node'] },
  { table: 'node_sightings', to: 'node_facts', columns: ['facts_id'] },
];

/**
 * Makes the key tables whole again: what a lost key says is filled in where another tells it, and what points at a key
 * that stays lost goes, as nobody could say any more what it was.
 */
export function settleKeys(database: Database.Database): void {
  restoreOnlyCluster(database);
  database.exec(`
    INSERT OR IGNORE INTO texts (id, text) VALUES (0, NULL);
    INSERT OR IGNORE INTO namespace_keys (id, cluster_key, namespace)
      SELECT namespace_key, cluster_key, namespace FROM pod_keys GROUP BY namespace_key;
    INSERT OR IGNORE INTO pod_identities (id, cluster_key, namespace, pod)
      SELECT pod_identity, cluster_key, namespace, pod FROM pod_keys GROUP BY pod_identity;
    INSERT OR IGNORE INTO workload_keys
      (id, cluster_key, row_kind, namespace, workload_kind, workload_name, node, team, zone, provider)
      SELECT workload_key, cluster_key, row_kind, namespace, workload_kind, workload_name, node, team, zone, provider
      FROM pod_keys GROUP BY workload_key;`);
  for (const { table, to, columns } of REFERENCES) {
    const lost = columns.map((column) => `NOT EXISTS (SELECT 1 FROM ${to} WHERE id = ${table}.${column})`);
    database.exec(`DELETE FROM ${table} WHERE ${lost.join(' OR ')}`);
  }
}

/** The tables of clusters are tiny, and lost at once; where there is only one, its rows are nobody else's. */
function restoreOnlyCluster(database: Database.Database): void {
  database.exec(`
    INSERT INTO cluster_keys (id, cluster_id, epoch)
      SELECT MIN(p.cluster_key), MIN(c.id), 0 FROM pod_keys p, k8s_clusters c
      WHERE NOT EXISTS (SELECT 1 FROM cluster_keys)
      HAVING COUNT(DISTINCT p.cluster_key) = 1 AND COUNT(DISTINCT c.id) = 1;`);
}
