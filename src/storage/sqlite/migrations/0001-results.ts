import type { Migration } from '../../sql/migration.ts';
import { K8S_CLUSTERS } from '../../sql/schema/kubernetes/clusters.ts';
import { sqliteTable } from '../../sql/schema/sqlite-ddl.ts';

const SUMS = `
  joules REAL NOT NULL, joules_low REAL NOT NULL, joules_high REAL NOT NULL, -- J, IT energy before PUE
  joules_dynamic REAL NOT NULL, joules_idle REAL NOT NULL, -- J, of pod rows
  joules_system REAL NOT NULL, joules_unallocated REAL NOT NULL, -- J, of rows of that kind
  joules_measured REAL NOT NULL, joules_default REAL NOT NULL, -- J, of rows whose power is so known
  pue_joules REAL NOT NULL, -- J after PUE
  intensity_joules REAL NOT NULL, -- J x g/kWh
  co2e_grams REAL NOT NULL, co2e_low_grams REAL NOT NULL, co2e_high_grams REAL NOT NULL, -- g, operational
  embodied_co2e_grams REAL NOT NULL, embodied_low_grams REAL NOT NULL, embodied_high_grams REAL NOT NULL, -- g
  unallocated_co2e_grams REAL NOT NULL, -- g, operational and embodied of unallocated rows
  total_cost REAL NOT NULL, cost_low REAL NOT NULL, cost_high REAL NOT NULL, -- money
  cpu_request_millicore_seconds REAL NOT NULL, cpu_usage_millicore_seconds REAL NOT NULL,
  memory_request_byte_seconds REAL NOT NULL, memory_usage_byte_seconds REAL NOT NULL,
  network_receive_bytes REAL NOT NULL, network_transmit_bytes REAL NOT NULL,
  restart_count REAL NOT NULL`;

const rollup = (period: string, grain: string): string => `
CREATE TABLE rollup_${period}_${grain} ( -- sums of the rows whose window starts in the UTC ${period}
  cluster_key INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL, -- start of the ${period}, Unix epoch
  key_id INTEGER NOT NULL, -- ${grain}_keys.id
  ${SUMS},
  PRIMARY KEY (cluster_key, start_seconds, key_id)
) STRICT, WITHOUT ROWID`;

const iso = (seconds: string): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${seconds}, 'unixepoch')`;
const text = (id: string): string => `(SELECT text FROM texts WHERE id = ${id})`;
const cluster = (key: string): string => `(SELECT cluster_id FROM cluster_keys WHERE id = ${key})`;

/**
 * Results, first version. Repeating text is kept once in `texts` (id 0 is "none"), what names a row once in the key
 * tables; times are whole seconds since the Unix epoch. The views carry the published names and ISO-8601 times.
 */
export const results: Migration = {
  version: 1,
  name: 'results',
  statements: [
    `CREATE TABLE cluster_keys (
  id INTEGER PRIMARY KEY,
  cluster_id TEXT NOT NULL UNIQUE,
  epoch INTEGER NOT NULL -- youngest epoch that wrote results; older ones are refused
) STRICT`,
    'CREATE TABLE texts (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT',
    'INSERT INTO texts (id, text) VALUES (0, NULL)',
    `CREATE TABLE namespace_keys (
  id INTEGER PRIMARY KEY,
  cluster_key INTEGER NOT NULL,
  namespace INTEGER NOT NULL,
  UNIQUE (cluster_key, namespace)
) STRICT`,
    `CREATE TABLE workload_keys (
  id INTEGER PRIMARY KEY,
  cluster_key INTEGER NOT NULL,
  row_kind INTEGER NOT NULL, -- 0 pod, 1 system, 2 unallocated, 3 volume
  namespace INTEGER NOT NULL,
  workload_kind INTEGER NOT NULL, -- Pod for a bare pod; none for rows that are no pod
  workload_name INTEGER NOT NULL,
  node INTEGER NOT NULL,
  team INTEGER NOT NULL,
  zone INTEGER NOT NULL, -- grid zone
  provider INTEGER NOT NULL,
  UNIQUE (cluster_key, namespace, workload_kind, workload_name, node, team, zone, provider, row_kind)
) STRICT`,
    `CREATE TABLE pod_identities ( -- what a number of pods counts
  id INTEGER PRIMARY KEY,
  cluster_key INTEGER NOT NULL,
  namespace INTEGER NOT NULL,
  pod INTEGER NOT NULL,
  UNIQUE (cluster_key, namespace, pod)
) STRICT`,
    `CREATE TABLE pod_keys (
  id INTEGER PRIMARY KEY,
  cluster_key INTEGER NOT NULL,
  row_kind INTEGER NOT NULL,
  namespace INTEGER NOT NULL,
  pod INTEGER NOT NULL,
  node INTEGER NOT NULL,
  owner_kind INTEGER NOT NULL,
  owner_name INTEGER NOT NULL,
  workload_kind INTEGER NOT NULL,
  workload_name INTEGER NOT NULL,
  team INTEGER NOT NULL,
  zone INTEGER NOT NULL,
  provider INTEGER NOT NULL,
  node_zone INTEGER NOT NULL, -- availability zone
  instance_type INTEGER NOT NULL,
  pod_identity INTEGER NOT NULL,
  workload_key INTEGER NOT NULL,
  namespace_key INTEGER NOT NULL,
  UNIQUE (cluster_key, namespace, pod, node, row_kind, owner_kind, owner_name, team, zone, provider, node_zone, instance_type)
) STRICT`,
    `CREATE TABLE result_rows (
  cluster_key INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL, -- start of the window
  key_id INTEGER NOT NULL, -- pod_keys.id; one row a cluster, namespace, pod, node and window, as the writer checks
  duration_seconds INTEGER NOT NULL,
  pod_uid INTEGER NOT NULL,
  estimation_reasons INTEGER NOT NULL, -- text: JSON array
  calculation_version INTEGER NOT NULL,
  sources INTEGER NOT NULL, -- seven digits: cpu, usage, power, intensity, pue, embodied, cost; each its place in its list
  is_estimated INTEGER NOT NULL,
  grid_intensity_at_seconds INTEGER,
  joules REAL NOT NULL, joules_low REAL NOT NULL, joules_high REAL NOT NULL,
  joules_dynamic REAL NOT NULL, joules_idle REAL NOT NULL, joules_memory REAL NOT NULL,
  joules_gpu REAL NOT NULL, joules_storage REAL NOT NULL,
  co2e_grams REAL NOT NULL, co2e_low_grams REAL NOT NULL, co2e_high_grams REAL NOT NULL,
  embodied_co2e_grams REAL NOT NULL, embodied_low_grams REAL NOT NULL, embodied_high_grams REAL NOT NULL,
  grid_intensity REAL NOT NULL, pue REAL NOT NULL, -- g/kWh, factor
  cost_cpu REAL NOT NULL, cost_memory REAL NOT NULL, cost_gpu REAL NOT NULL, cost_storage REAL NOT NULL,
  cost_network REAL NOT NULL, total_cost REAL NOT NULL, cost_low REAL NOT NULL, cost_high REAL NOT NULL,
  cpu_request REAL NOT NULL, cpu_usage_millicores REAL NOT NULL, -- millicores, mean of the window
  memory_request REAL NOT NULL, memory_usage_bytes REAL NOT NULL, -- bytes, mean of the window
  network_receive_bytes REAL NOT NULL, network_transmit_bytes REAL NOT NULL, -- bytes in the window
  disk_read_bytes REAL NOT NULL, disk_write_bytes REAL NOT NULL,
  ephemeral_storage_usage_bytes REAL NOT NULL,
  restart_count REAL NOT NULL,
  PRIMARY KEY (cluster_key, start_seconds, key_id)
) STRICT, WITHOUT ROWID`,
    ...['hour', 'day'].flatMap((period) => ['pod', 'workload', 'namespace'].map((grain) => rollup(period, grain))),
    `CREATE TABLE presence (
  key_id INTEGER PRIMARY KEY, -- pod_keys.id
  cluster_key INTEGER NOT NULL,
  first_start_seconds INTEGER NOT NULL, -- start of the first window with a row
  last_end_seconds INTEGER NOT NULL -- end of the last one
) STRICT`,
    'CREATE INDEX presence_by_end ON presence (cluster_key, last_end_seconds, first_start_seconds, key_id)',
    `CREATE TABLE ledger (
  cluster_key INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL,
  duration_seconds INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('whole', 'partial', 'no-data')),
  covered_seconds REAL NOT NULL,
  reason TEXT,
  notices TEXT NOT NULL, -- JSON array
  row_count INTEGER NOT NULL,
  closed_at_seconds INTEGER NOT NULL,
  content_hash BLOB NOT NULL, -- of all that the window wrote but closed_at: the same again changes nothing
  PRIMARY KEY (cluster_key, start_seconds)
) STRICT, WITHOUT ROWID`,
    `CREATE TABLE open_hours ( -- whose sums by pod and by workload are not in the roll-ups yet: answers read their rows
  cluster_key INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL, -- start of the hour
  touched INTEGER NOT NULL, -- grows with each window that is written
  PRIMARY KEY (cluster_key, start_seconds)
) STRICT, WITHOUT ROWID`,
    `CREATE TABLE pruned_days ( -- whose rows retention removed: their windows are refused from then on
  cluster_key INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL, -- start of the UTC day
  PRIMARY KEY (cluster_key, start_seconds)
) STRICT, WITHOUT ROWID`,
    `CREATE TABLE lease_rows ( -- who may write the windows of a cluster
  cluster_id TEXT PRIMARY KEY,
  holder TEXT, -- null: given back
  holder_name TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  expires_at_seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID`,
    `CREATE TABLE node_window_rows (
  cluster_key INTEGER NOT NULL,
  node INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL,
  duration_seconds INTEGER NOT NULL,
  cpu_seconds REAL, system_cpu_seconds REAL NOT NULL,
  cpu_source TEXT NOT NULL,
  utilisation REAL NOT NULL, existed_seconds REAL NOT NULL, measured_joules REAL,
  cpu_capacity REAL NOT NULL, memory_capacity REAL NOT NULL, -- millicores, bytes
  cpu_allocatable REAL NOT NULL, memory_allocatable REAL NOT NULL,
  curve_id INTEGER NOT NULL,
  curve_watts_0 REAL NOT NULL, curve_watts_10 REAL NOT NULL, curve_watts_50 REAL NOT NULL, curve_watts_100 REAL NOT NULL,
  curve_low_factor REAL NOT NULL, curve_high_factor REAL NOT NULL,
  idle_watts REAL NOT NULL,
  joules_dynamic REAL NOT NULL, joules_idle_reserved REAL NOT NULL, joules_system REAL NOT NULL,
  joules_unallocated REAL NOT NULL, joules_total REAL NOT NULL,
  sources INTEGER NOT NULL,
  PRIMARY KEY (cluster_key, node, start_seconds)
) STRICT, WITHOUT ROWID`,
    'CREATE INDEX node_windows_by_start ON node_window_rows (cluster_key, start_seconds)',
    `CREATE TABLE node_facts ( -- each distinct description of a node once
  id INTEGER PRIMARY KEY,
  facts TEXT NOT NULL UNIQUE -- JSON
) STRICT`,
    `CREATE TABLE node_sightings ( -- what a node was in each window
  cluster_key INTEGER NOT NULL,
  node INTEGER NOT NULL,
  start_seconds INTEGER NOT NULL,
  snapshot_at_seconds INTEGER NOT NULL,
  facts_id INTEGER NOT NULL,
  changed INTEGER NOT NULL, -- 1 where the node was not seen before, or differs from when it was seen before
  PRIMARY KEY (cluster_key, node, start_seconds)
) STRICT, WITHOUT ROWID`,
    'CREATE INDEX node_sightings_by_start ON node_sightings (cluster_key, start_seconds)',
    'CREATE INDEX node_changes ON node_sightings (cluster_key, node, start_seconds) WHERE changed = 1',
    sqliteTable(K8S_CLUSTERS),
    `CREATE VIEW combined_metrics AS SELECT
  ${cluster('r.cluster_key')} AS cluster_id,
  CASE k.row_kind WHEN 0 THEN 'pod' WHEN 1 THEN 'system' WHEN 2 THEN 'unallocated' ELSE 'volume' END AS row_kind,
  ${text('k.pod')} AS pod_name, ${text('k.namespace')} AS namespace, ${text('k.node')} AS node,
  ${text('r.pod_uid')} AS pod_uid,
  ${text('k.instance_type')} AS node_instance_type, ${text('k.node_zone')} AS node_zone,
  ${text('k.provider')} AS provider, ${text('k.zone')} AS emaps_zone,
  ${text('k.owner_kind')} AS owner_kind, ${text('k.owner_name')} AS owner_name, ${text('k.team')} AS team,
  ${iso('r.start_seconds')} AS timestamp, CAST(r.duration_seconds AS REAL) AS duration_seconds,
  r.joules, r.joules_low, r.joules_high, r.joules_dynamic, r.joules_idle, r.joules_memory, r.joules_gpu, r.joules_storage,
  r.co2e_grams, r.co2e_low_grams, r.co2e_high_grams,
  r.embodied_co2e_grams, r.embodied_low_grams, r.embodied_high_grams,
  r.grid_intensity, ${iso('r.grid_intensity_at_seconds')} AS grid_intensity_timestamp, r.pue,
  r.cost_cpu, r.cost_memory, r.cost_gpu, r.cost_storage, r.cost_network, r.total_cost, r.cost_low, r.cost_high,
  r.cpu_request, r.cpu_usage_millicores, CAST(NULL AS REAL) AS gpu_usage_millicores,
  CAST(round(r.memory_request) AS INTEGER) AS memory_request,
  CAST(round(r.memory_usage_bytes) AS INTEGER) AS memory_usage_bytes,
  CAST(round(r.network_receive_bytes) AS INTEGER) AS network_receive_bytes,
  CAST(round(r.network_transmit_bytes) AS INTEGER) AS network_transmit_bytes,
  CAST(round(r.disk_read_bytes) AS INTEGER) AS disk_read_bytes,
  CAST(round(r.disk_write_bytes) AS INTEGER) AS disk_write_bytes,
  CAST(NULL AS INTEGER) AS storage_request_bytes, CAST(NULL AS INTEGER) AS storage_usage_bytes,
  CAST(NULL AS INTEGER) AS ephemeral_storage_request_bytes,
  CAST(round(r.ephemeral_storage_usage_bytes) AS INTEGER) AS ephemeral_storage_usage_bytes,
  CAST(r.restart_count AS INTEGER) AS restart_count,
  r.is_estimated, ${text('r.estimation_reasons')} AS estimation_reasons,
  printf('%07d', r.sources) AS sources, ${text('r.calculation_version')} AS calculation_version
FROM result_rows r JOIN pod_keys k ON k.id = r.key_id`,
    `CREATE VIEW node_windows AS SELECT
  ${cluster('w.cluster_key')} AS cluster_id, ${text('w.node')} AS node,
  ${iso('w.start_seconds')} AS timestamp, CAST(w.duration_seconds AS REAL) AS duration_seconds,
  w.cpu_seconds, w.system_cpu_seconds, w.cpu_source, w.utilisation, w.existed_seconds, w.measured_joules,
  w.cpu_capacity, w.memory_capacity, w.cpu_allocatable, w.memory_allocatable,
  ${text('w.curve_id')} AS curve_id, w.curve_watts_0, w.curve_watts_10, w.curve_watts_50, w.curve_watts_100,
  w.curve_low_factor, w.curve_high_factor, w.idle_watts,
  w.joules_dynamic, w.joules_idle_reserved, w.joules_system, w.joules_unallocated, w.joules_total,
  printf('%07d', w.sources) AS sources
FROM node_window_rows w`,
    `CREATE VIEW node_snapshots AS SELECT
  ${cluster('s.cluster_key')} AS cluster_id, ${iso('s.snapshot_at_seconds')} AS snapshot_timestamp,
  ${text('s.node')} AS name,
  f.facts ->> 'instanceType' AS instance_type, f.facts ->> 'provider' AS provider, f.facts ->> 'region' AS region,
  f.facts ->> 'zone' AS zone, f.facts ->> 'emapsZone' AS emaps_zone,
  f.facts ->> 'cpuCapacityMillicores' AS cpu_capacity, f.facts ->> 'memoryCapacityBytes' AS memory_capacity,
  f.facts ->> 'architecture' AS architecture, f.facts ->> 'os' AS os,
  f.facts ->> 'embodiedKilograms' AS embodied_kilograms
FROM node_sightings s JOIN node_facts f ON f.id = s.facts_id WHERE s.changed = 1`,
    `CREATE VIEW pod_presence AS SELECT
  ${cluster('p.cluster_key')} AS cluster_id, ${text('k.namespace')} AS namespace, ${text('k.pod')} AS pod_name,
  ${text('k.node')} AS node, ${iso('MIN(p.first_start_seconds)')} AS first_seen, ${iso('MAX(p.last_end_seconds)')} AS last_seen
FROM presence p JOIN pod_keys k ON k.id = p.key_id WHERE k.row_kind = 0
GROUP BY p.cluster_key, k.namespace, k.pod, k.node`,
    `CREATE VIEW leases AS SELECT
  cluster_id, holder, holder_name, epoch, ${iso('expires_at_seconds')} AS expires_at
FROM lease_rows WHERE holder IS NOT NULL`,
    `CREATE VIEW collection_runs AS SELECT
  ${cluster('l.cluster_key')} AS cluster_id, ${iso('l.start_seconds')} AS timestamp, l.duration_seconds,
  l.state, l.covered_seconds, l.reason, l.notices, l.row_count, ${iso('l.closed_at_seconds')} AS closed_at
FROM ledger l`,
  ],
};
