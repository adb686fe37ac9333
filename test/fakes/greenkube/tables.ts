/*
 * The tables that GreenKube 0.2.12 makes, as its migrations leave them. Facts (names and types) from
 * github.com/GreenKubeCloud/GreenKube, src/greenkube/core/migrations/scripts/{sqlite,postgres}/0000 to 0009.
 */

export type Value = string | number | boolean | null;
export type Line = Readonly<Record<string, Value>>;
export type Dialect = 'sqlite' | 'postgres';

type Type = 'id' | 'name' | 'text' | 'real' | 'double' | 'int' | 'long' | 'flag' | 'instant' | 'must-instant';

const TYPES: Readonly<Record<Dialect, Readonly<Record<Type, string>>>> = {
  sqlite: {
    id: 'INTEGER PRIMARY KEY AUTOINCREMENT',
    name: 'TEXT NOT NULL',
    text: 'TEXT',
    real: 'REAL',
    double: 'REAL',
    int: 'INTEGER',
    long: 'INTEGER',
    flag: 'BOOLEAN',
    instant: 'TEXT',
    'must-instant': 'TEXT NOT NULL',
  },
  postgres: {
    id: 'SERIAL PRIMARY KEY',
    name: 'TEXT NOT NULL',
    text: 'TEXT',
    real: 'REAL',
    double: 'DOUBLE PRECISION',
    int: 'INTEGER',
    long: 'BIGINT',
    flag: 'BOOLEAN',
    instant: 'TIMESTAMP WITH TIME ZONE',
    'must-instant': 'TIMESTAMP WITH TIME ZONE NOT NULL',
  },
};

const WHAT_BOTH_HAVE = {
  id: 'id',
  pod_name: 'name',
  namespace: 'name',
  total_cost: 'real',
  co2e_grams: 'real',
  embodied_co2e_grams: 'real',
  pue: 'real',
  grid_intensity: 'real',
  joules: 'real',
  cpu_request: 'int',
  memory_request: 'long',
  network_receive_bytes: 'double',
  network_transmit_bytes: 'double',
  disk_read_bytes: 'double',
  disk_write_bytes: 'double',
  storage_request_bytes: 'long',
  storage_usage_bytes: 'long',
  gpu_usage_millicores: 'int',
  restart_count: 'int',
  owner_kind: 'text',
  owner_name: 'text',
  duration_seconds: 'int',
  node: 'text',
  node_instance_type: 'text',
  node_zone: 'text',
  emaps_zone: 'text',
  is_estimated: 'flag',
  estimation_reasons: 'text',
  calculation_version: 'text',
} as const satisfies Readonly<Record<string, Type>>;

const TABLES: Readonly<Record<string, { columns: Readonly<Record<string, Type>>; unique: string | null }>> = {
  combined_metrics: {
    columns: {
      ...WHAT_BOTH_HAVE,
      cpu_usage_millicores: 'int',
      memory_usage_bytes: 'long',
      ephemeral_storage_request_bytes: 'long',
      ephemeral_storage_usage_bytes: 'long',
      period: 'text',
      timestamp: 'instant',
      grid_intensity_timestamp: 'instant',
    },
    unique: 'pod_name, namespace, "timestamp"',
  },
  combined_metrics_hourly: {
    columns: {
      ...WHAT_BOTH_HAVE,
      hour_bucket: 'must-instant',
      sample_count: 'int',
      cpu_usage_avg: 'int',
      cpu_usage_max: 'int',
      memory_usage_avg: 'long',
      memory_usage_max: 'long',
    },
    unique: 'pod_name, namespace, hour_bucket',
  },
  carbon_intensity_history: {
    columns: {
      id: 'id',
      zone: 'name',
      carbon_intensity: 'double',
      datetime: 'must-instant',
      updated_at: 'instant',
      created_at: 'instant',
      emission_factor_type: 'text',
      is_estimated: 'flag',
      estimation_method: 'text',
    },
    unique: 'zone, datetime',
  },
  node_snapshots: {
    columns: {
      id: 'id',
      timestamp: 'must-instant',
      node_name: 'name',
      instance_type: 'text',
      cpu_capacity_cores: 'real',
      architecture: 'text',
      cloud_provider: 'text',
      region: 'text',
      zone: 'text',
      node_pool: 'text',
      memory_capacity_bytes: 'long',
      embodied_emissions_kg: 'real',
      is_active: 'flag',
    },
    unique: 'node_name, "timestamp"',
  },
  recommendation_history: {
    columns: {
      id: 'id',
      pod_name: 'text',
      namespace: 'text',
      type: 'name',
      description: 'name',
      reason: 'text',
      priority: 'text',
      potential_savings_cost: 'real',
      potential_savings_co2e_grams: 'real',
      created_at: 'must-instant',
      scope: 'text',
    },
    unique: null,
  },
};

/** Statements that make them all. */
export function greenKubeTables(dialect: Dialect): readonly string[] {
  return Object.entries(TABLES).map(([table, { columns, unique }]) => {
    const parts = Object.entries(columns).map(([name, type]) => `"${name}" ${TYPES[dialect][type]}`);
    if (unique !== null) parts.push(`UNIQUE(${unique})`);
    return `CREATE TABLE ${table} (${parts.join(', ')})`;
  });
}

/** A statement that inserts a line; `place` writes a parameter. */
export function insertOf(table: string, line: Line, place: (index: number) => string): string {
  const names = Object.keys(line);
  return `INSERT INTO ${table} (${names.map((name) => `"${name}"`).join(', ')}) VALUES (${names.map((_, index) => place(index)).join(', ')})`;
}
