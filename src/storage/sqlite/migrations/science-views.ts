const iso = (seconds: string): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${seconds}, 'unixepoch')`;
const text = (id: string): string => `(SELECT text FROM texts WHERE id = ${id})`;
const cluster = (key: string): string => `(SELECT cluster_id FROM cluster_keys WHERE id = ${key})`;
const whole = (column: string): string => `CAST(round(r.${column}) AS INTEGER) AS ${column}`;

/** `combined_metrics` of migration 4. */
export const COMBINED_METRICS_VIEW = `CREATE VIEW combined_metrics AS SELECT
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
  COALESCE(r.co2e_market_grams, r.co2e_grams) AS co2e_market_grams, r.co2e_direct_grams,
  r.embodied_co2e_grams, r.embodied_low_grams, r.embodied_high_grams,
  r.grid_intensity, ${iso('r.grid_intensity_at_seconds')} AS grid_intensity_timestamp, r.pue,
  r.cost_cpu, r.cost_memory, r.cost_gpu, r.cost_storage, r.cost_network, r.total_cost, r.cost_low, r.cost_high,
  r.cpu_request, r.cpu_usage_millicores, r.gpu_usage_millicores,
  ${['memory_request', 'memory_usage_bytes', 'network_receive_bytes', 'network_transmit_bytes'].map(whole).join(', ')},
  ${['disk_read_bytes', 'disk_write_bytes', 'storage_request_bytes', 'storage_usage_bytes'].map(whole).join(', ')},
  ${['ephemeral_storage_request_bytes', 'ephemeral_storage_usage_bytes'].map(whole).join(', ')},
  CAST(r.restart_count AS INTEGER) AS restart_count,
  r.is_estimated, ${text('r.estimation_reasons')} AS estimation_reasons,
  printf('%08d', r.sources) AS sources, ${text('r.calculation_version')} AS calculation_version
FROM result_rows r JOIN pod_keys k ON k.id = r.key_id`;

/** `node_windows` of migration 4. */
export const NODE_WINDOWS_VIEW = `CREATE VIEW node_windows AS SELECT
  ${cluster('w.cluster_key')} AS cluster_id, ${text('w.node')} AS node,
  ${iso('w.start_seconds')} AS timestamp, CAST(w.duration_seconds AS REAL) AS duration_seconds,
  w.cpu_seconds, w.system_cpu_seconds, w.cpu_source, w.utilisation, w.existed_seconds,
  w.measured_joules, ${text('w.meter')} AS meter, w.meter_factor,
  w.cpu_capacity, w.memory_capacity, w.cpu_allocatable, w.memory_allocatable,
  ${text('w.curve_id')} AS curve_id, w.curve_watts_0, w.curve_watts_10, w.curve_watts_50, w.curve_watts_100,
  w.curve_low_factor, w.curve_high_factor, w.idle_watts,
  w.joules_dynamic, w.joules_idle_reserved, w.joules_system, w.joules_unallocated, w.joules_gpu, w.joules_total,
  w.gpu_count, ${text('w.gpu_model')} AS gpu_model, w.gpu_tdp_watts,
  printf('%08d', w.sources) AS sources
FROM node_window_rows w`;
