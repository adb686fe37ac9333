const REAL = 'double precision NOT NULL';
const NAME = 'text COLLATE "C"';

/**
 * `combined_metrics`, by month. The published columns hold whole bytes; where a mean is no whole number, `…_rest` holds
 * what is missing (value − published, exact), so that nothing is lost.
 */
export const COMBINED_METRICS = `CREATE TABLE combined_metrics (
  timestamp timestamptz NOT NULL, -- start of the window
  grid_intensity_timestamp timestamptz,
  joules ${REAL}, joules_low ${REAL}, joules_high ${REAL}, -- J, IT energy before PUE
  joules_dynamic ${REAL}, joules_idle ${REAL}, joules_memory ${REAL}, joules_gpu ${REAL}, joules_storage ${REAL}, -- J
  co2e_grams ${REAL}, co2e_low_grams ${REAL}, co2e_high_grams ${REAL}, -- g, operational
  embodied_co2e_grams ${REAL}, embodied_low_grams ${REAL}, embodied_high_grams ${REAL}, -- g
  grid_intensity ${REAL}, pue ${REAL}, -- gCO2e/kWh, factor
  cost_cpu ${REAL}, cost_memory ${REAL}, cost_gpu ${REAL}, cost_storage ${REAL}, cost_network ${REAL}, -- money
  total_cost ${REAL}, cost_low ${REAL}, cost_high ${REAL}, -- money
  cpu_request ${REAL}, cpu_usage_millicores ${REAL}, gpu_usage_millicores double precision, -- millicores, mean of the window
  memory_request bigint NOT NULL, memory_usage_bytes bigint NOT NULL, -- bytes, mean of the window
  network_receive_bytes bigint NOT NULL, network_transmit_bytes bigint NOT NULL, -- bytes in the window
  disk_read_bytes bigint NOT NULL, disk_write_bytes bigint NOT NULL,
  storage_request_bytes bigint, storage_usage_bytes bigint,
  ephemeral_storage_request_bytes bigint, ephemeral_storage_usage_bytes bigint NOT NULL,
  memory_request_rest double precision, memory_usage_bytes_rest double precision,
  network_receive_bytes_rest double precision, network_transmit_bytes_rest double precision,
  disk_read_bytes_rest double precision, disk_write_bytes_rest double precision,
  ephemeral_storage_usage_bytes_rest double precision, restart_count_rest double precision,
  restart_count integer NOT NULL, -- restarts in the window
  duration_seconds real NOT NULL,
  key_id integer NOT NULL, -- pod_keys.id
  is_estimated boolean NOT NULL,
  cluster_id ${NAME} NOT NULL,
  namespace ${NAME} NOT NULL,
  pod_name ${NAME} NOT NULL,
  node ${NAME} NOT NULL,
  row_kind ${NAME} NOT NULL CHECK (row_kind IN ('pod', 'system', 'unallocated', 'volume')),
  pod_uid ${NAME},
  node_instance_type ${NAME},
  node_zone ${NAME}, -- availability zone
  provider ${NAME} NOT NULL,
  emaps_zone ${NAME} NOT NULL, -- grid zone
  owner_kind ${NAME},
  owner_name ${NAME},
  team ${NAME},
  estimation_reasons text NOT NULL, -- JSON array
  sources ${NAME} NOT NULL, -- seven digits: cpu, usage, power, intensity, pue, embodied, cost; each its place in its list
  calculation_version ${NAME} NOT NULL,
  CONSTRAINT combined_metrics_key UNIQUE (cluster_id, timestamp, namespace, pod_name, node)
) PARTITION BY RANGE (timestamp)`;

const EXACT = [
  'memory_request',
  'memory_usage_bytes',
  'network_receive_bytes',
  'network_transmit_bytes',
  'disk_read_bytes',
  'disk_write_bytes',
  'ephemeral_storage_usage_bytes',
  'restart_count',
];

const AS_THEY_ARE = [
  ...['cluster_id', 'timestamp', 'key_id', 'duration_seconds', 'row_kind', 'pod_name', 'namespace', 'node'],
  ...['node_instance_type', 'node_zone', 'provider', 'emaps_zone', 'owner_kind', 'owner_name', 'team', 'pod_uid'],
  ...['estimation_reasons', 'calculation_version', 'grid_intensity_timestamp', 'is_estimated'],
  ...['joules', 'joules_low', 'joules_high', 'joules_dynamic', 'joules_idle', 'joules_memory', 'joules_gpu'],
  ...['joules_storage', 'co2e_grams', 'co2e_low_grams', 'co2e_high_grams', 'embodied_co2e_grams'],
  ...['embodied_low_grams', 'embodied_high_grams', 'grid_intensity', 'pue', 'cost_cpu', 'cost_memory', 'cost_gpu'],
  ...['cost_storage', 'cost_network', 'total_cost', 'cost_low', 'cost_high', 'cpu_request', 'cpu_usage_millicores'],
];

/** The rows as they were written, to the last bit; `sources` as a number. */
export const RESULT_ROWS_VIEW = `CREATE VIEW result_rows AS SELECT
  ${AS_THEY_ARE.join(', ')},
  ${EXACT.map((column) => `${column} + COALESCE(${column}_rest, 0) AS ${column}`).join(',\n  ')},
  sources::integer AS sources
FROM combined_metrics`;
