const EXACT = [
  'memory_request',
  'memory_usage_bytes',
  'network_receive_bytes',
  'network_transmit_bytes',
  'disk_read_bytes',
  'disk_write_bytes',
  'storage_request_bytes',
  'storage_usage_bytes',
  'ephemeral_storage_request_bytes',
  'ephemeral_storage_usage_bytes',
  'restart_count',
];

const AS_THEY_ARE = [
  ...['cluster_id', 'timestamp', 'key_id', 'duration_seconds', 'row_kind', 'pod_name', 'namespace', 'node'],
  ...['node_instance_type', 'node_zone', 'provider', 'emaps_zone', 'owner_kind', 'owner_name', 'team', 'pod_uid'],
  ...['estimation_reasons', 'calculation_version', 'grid_intensity_timestamp', 'is_estimated'],
  ...['joules', 'joules_low', 'joules_high', 'joules_dynamic', 'joules_idle', 'joules_memory', 'joules_gpu'],
  ...['joules_storage', 'co2e_grams', 'co2e_low_grams', 'co2e_high_grams', 'co2e_market_grams', 'co2e_direct_grams'],
  ...['embodied_co2e_grams', 'embodied_low_grams', 'embodied_high_grams', 'grid_intensity', 'pue'],
  ...['cost_cpu', 'cost_memory', 'cost_gpu', 'cost_storage', 'cost_network', 'total_cost', 'cost_low', 'cost_high'],
  ...['cpu_request', 'cpu_usage_millicores', 'gpu_usage_millicores'],
];

/** `result_rows` of migration 4: the rows as they were written, to the last bit; `sources` as a number. */
export const SCIENCE_RESULT_ROWS_VIEW = `CREATE VIEW result_rows AS SELECT
  ${AS_THEY_ARE.join(', ')},
  ${EXACT.map((column) => `${column} + COALESCE(${column}_rest, 0) AS ${column}`).join(',\n  ')},
  sources::integer AS sources
FROM combined_metrics`;
