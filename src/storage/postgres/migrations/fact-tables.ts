import { K8S_CLUSTERS } from '../../sql/schema/kubernetes/clusters.ts';
import { postgresTables } from '../../sql/schema/postgres-ddl.ts';

const REAL = 'double precision NOT NULL';
const NAME = 'text COLLATE "C"';

/** Ledger, leases, and what nodes were. */
export const FACT_TABLES: readonly string[] = [
  `CREATE TABLE collection_runs (
  cluster_id ${NAME} NOT NULL,
  timestamp timestamptz NOT NULL, -- start of the window
  duration_seconds integer NOT NULL,
  state text NOT NULL CHECK (state IN ('whole', 'partial', 'no-data')),
  covered_seconds ${REAL},
  reason text,
  notices jsonb NOT NULL,
  row_count integer NOT NULL,
  closed_at timestamptz NOT NULL,
  content_hash bytea NOT NULL, -- of all that the window wrote but closed_at: the same again changes nothing
  PRIMARY KEY (cluster_id, timestamp)
)`,
  `CREATE TABLE leases ( -- a line for each cluster that was ever leased or written; it is locked while a window is written
  cluster_id ${NAME} PRIMARY KEY,
  holder text, -- null: free
  holder_name text,
  epoch bigint NOT NULL, -- youngest that was granted or wrote results; older ones are refused
  expires_at timestamptz
) WITH (fillfactor = 50)`,
  `CREATE TABLE pruned_days ( -- UTC days whose rows were removed: their windows are refused
  cluster_id ${NAME} NOT NULL,
  day date NOT NULL,
  PRIMARY KEY (cluster_id, day)
)`,
  `CREATE TABLE node_windows (
  cluster_id ${NAME} NOT NULL,
  node ${NAME} NOT NULL,
  timestamp timestamptz NOT NULL,
  duration_seconds real NOT NULL,
  cpu_seconds double precision, system_cpu_seconds ${REAL},
  cpu_source text NOT NULL,
  utilisation ${REAL}, existed_seconds ${REAL}, measured_joules double precision,
  cpu_capacity ${REAL}, memory_capacity ${REAL}, -- millicores, bytes
  cpu_allocatable ${REAL}, memory_allocatable ${REAL},
  curve_id text NOT NULL,
  curve_watts_0 ${REAL}, curve_watts_10 ${REAL}, curve_watts_50 ${REAL}, curve_watts_100 ${REAL},
  curve_low_factor ${REAL}, curve_high_factor ${REAL},
  idle_watts ${REAL},
  joules_dynamic ${REAL}, joules_idle_reserved ${REAL}, joules_system ${REAL},
  joules_unallocated ${REAL}, joules_total ${REAL},
  sources text NOT NULL, -- seven digits, as in combined_metrics
  PRIMARY KEY (cluster_id, node, timestamp)
)`,
  'CREATE INDEX node_windows_by_start ON node_windows (cluster_id, timestamp)',
  `CREATE TABLE node_facts ( -- each distinct description of a node once
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  cluster_id ${NAME} NOT NULL,
  facts ${NAME} NOT NULL, -- JSON
  UNIQUE (cluster_id, facts)
)`,
  `CREATE TABLE node_sightings ( -- what a node was in each window; node_snapshots has those that differ from the one before
  cluster_id ${NAME} NOT NULL,
  node ${NAME} NOT NULL,
  window_timestamp timestamptz NOT NULL,
  snapshot_timestamp timestamptz NOT NULL,
  facts_id integer NOT NULL,
  PRIMARY KEY (cluster_id, node, window_timestamp)
)`,
  'CREATE INDEX node_sightings_by_start ON node_sightings (cluster_id, window_timestamp)',
  `CREATE TABLE node_snapshots (
  cluster_id ${NAME} NOT NULL,
  snapshot_timestamp timestamptz NOT NULL,
  name ${NAME} NOT NULL,
  instance_type text,
  provider text NOT NULL,
  region text,
  zone text,
  emaps_zone text NOT NULL,
  cpu_capacity ${REAL}, memory_capacity ${REAL}, -- millicores, bytes
  architecture text,
  os text,
  embodied_kilograms ${REAL},
  window_timestamp timestamptz NOT NULL, -- the window that it was seen in
  PRIMARY KEY (cluster_id, name, window_timestamp)
)`,
];

/** The registry of clusters. */
export const CLUSTERS: readonly string[] = postgresTables([K8S_CLUSTERS]);
