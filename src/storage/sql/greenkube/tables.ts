import type { GreenKubeOrigin } from '../../../core/ports/greenkube-source.ts';
import { Failure } from '../../../model/failure.ts';

/*
 * Tables and columns of GreenKube 0.2.12. Source: github.com/GreenKubeCloud/GreenKube,
 * src/greenkube/core/migrations/scripts/{sqlite,postgres}/0000 to 0009, and src/greenkube/models/metrics.py for units.
 */

/** What a database calls things: how SQL asks it for an instant and for a number. */
export interface GreenKubeDialect {
  /** Whole epoch seconds of a column, or null where it holds no instant. */
  seconds(column: string): string;
  /** A column as a double. */
  number(column: string): string;
}

const NAMED = ['pod_name', 'namespace', 'owner_kind', 'owner_name', 'node', 'node_instance_type', 'node_zone'];
const TEXTS = [...NAMED, 'emaps_zone', 'estimation_reasons', 'calculation_version'];
const NUMBERS = [
  'total_cost',
  'co2e_grams',
  'embodied_co2e_grams',
  'pue',
  'grid_intensity',
  'joules',
  'cpu_request',
  'memory_request',
  'network_receive_bytes',
  'network_transmit_bytes',
  'disk_read_bytes',
  'disk_write_bytes',
  'gpu_usage_millicores',
  'duration_seconds',
];
/** Columns that the two tables call by different names, or that one of them lacks: [name here, raw, hourly]. */
const OWN_NUMBERS: readonly (readonly [string, string | null, string | null])[] = [
  ['cpu_usage', 'cpu_usage_millicores', 'cpu_usage_avg'],
  ['memory_usage', 'memory_usage_bytes', 'memory_usage_avg'],
  ['ephemeral_request', 'ephemeral_storage_request_bytes', null],
  ['ephemeral_usage', 'ephemeral_storage_usage_bytes', null],
  ['samples', null, 'sample_count'],
];

const TABLES = { raw: 'combined_metrics', hourly: 'combined_metrics_hourly' } as const;
const INSTANTS = { raw: '"timestamp"', hourly: 'hour_bucket' } as const;

const NODE_TEXTS = ['node_name', 'instance_type', 'architecture', 'cloud_provider', 'region', 'zone'];
const NODE_NUMBERS = ['cpu_capacity_cores', 'memory_capacity_bytes', 'embodied_emissions_kg'];

/** Every table that is read, with every column. */
export const GREENKUBE_TABLES: Readonly<Record<string, readonly string[]>> = {
  combined_metrics: [
    ...['timestamp', 'grid_intensity_timestamp', ...TEXTS, ...NUMBERS],
    ...OWN_NUMBERS.flatMap(([, raw]) => raw ?? []),
  ],
  combined_metrics_hourly: [
    'hour_bucket',
    ...TEXTS,
    ...NUMBERS,
    ...OWN_NUMBERS.flatMap(([, , hourly]) => hourly ?? []),
  ],
  carbon_intensity_history: ['zone', 'carbon_intensity', 'datetime', 'emission_factor_type', 'is_estimated'],
  node_snapshots: ['timestamp', ...NODE_TEXTS, ...NODE_NUMBERS],
  recommendation_history: ['type', 'description', 'created_at'],
};

/**
 * @param columns the columns of each table that was found
 * @throws Failure 'bad-input' for a database that is not GreenKube's
 */
export function refuseOthers(columns: ReadonlyMap<string, ReadonlySet<string>>): void {
  if (columns.get('combined_metrics')?.has('cluster_id') === true) {
    throw new Failure('bad-input', 'This is a store of Podwatt, not a database of GreenKube', {
      hint: 'Give the database that GreenKube writes to with --from.',
    });
  }
  for (const [table, names] of Object.entries(GREENKUBE_TABLES)) {
    const found = columns.get(table);
    const missing = names.filter((name) => found?.has(name) !== true);
    if (missing.length === 0) continue;
    const what = found === undefined ? `it has no table ${table}` : `its table ${table} lacks ${missing.join(', ')}`;
    throw new Failure('bad-input', `This is no database of GreenKube 0.2.12: ${what}`, {
      hint: 'Nothing was taken. Give the database that GreenKube writes to; one of an older GreenKube is brought up to date when 0.2.12 starts on it.',
    });
  }
}

/** Lines of both tables by time. */
export function rowsQuestion(dialect: GreenKubeDialect): string {
  return `${rowsOf('raw', dialect)} UNION ALL ${rowsOf('hourly', dialect)} ORDER BY at_seconds`;
}

/** What both tables hold, by hour. */
export function hoursQuestion(dialect: GreenKubeDialect): string {
  const countsOf = (origin: GreenKubeOrigin, longest: string, raw: string, samples: string): string =>
    `SELECT ${dialect.seconds(INSTANTS[origin])} AS at_seconds, ${longest} AS longest, ${raw} AS raw_rows,
     ${samples} AS samples FROM ${TABLES[origin]}`;
  const raw = countsOf('raw', dialect.number('duration_seconds'), '1', '0');
  const hourly = countsOf('hourly', dialect.number('NULL'), '0', dialect.number('sample_count'));
  return `SELECT start_seconds, SUM(raw_rows) AS raw_rows, MAX(longest) AS longest, SUM(samples) AS samples
    FROM (SELECT at_seconds - at_seconds % 3600 AS start_seconds, raw_rows, longest, samples
          FROM (${raw} UNION ALL ${hourly}) AS lines WHERE at_seconds IS NOT NULL) AS hours
    GROUP BY start_seconds ORDER BY start_seconds`;
}

export function nodesQuestion(dialect: GreenKubeDialect): string {
  const numbers = NODE_NUMBERS.map((name) => `${dialect.number(name)} AS ${name}`);
  return `SELECT ${dialect.seconds('"timestamp"')} AS at_seconds, ${[...NODE_TEXTS, ...numbers].join(', ')}
    FROM node_snapshots ORDER BY at_seconds`;
}

export function intensitiesQuestion(dialect: GreenKubeDialect): string {
  return `SELECT ${dialect.seconds('datetime')} AS at_seconds, zone, emission_factor_type, is_estimated,
    ${dialect.number('carbon_intensity')} AS carbon_intensity FROM carbon_intensity_history ORDER BY at_seconds`;
}

export const RECOMMENDATIONS_QUESTION = 'SELECT count(*) AS count FROM recommendation_history';

function rowsOf(origin: GreenKubeOrigin, dialect: GreenKubeDialect): string {
  const intensityAt = origin === 'raw' ? dialect.seconds('grid_intensity_timestamp') : 'NULL';
  const own = OWN_NUMBERS.map(([name, raw, hourly]) => {
    const column = (origin === 'raw' ? raw : hourly) ?? 'NULL';
    return `${dialect.number(column)} AS ${name}`;
  });
  const numbers = NUMBERS.map((name) => `${dialect.number(name)} AS ${name}`);
  return `SELECT '${origin}' AS origin, ${dialect.seconds(INSTANTS[origin])} AS at_seconds,
    ${intensityAt} AS intensity_at_seconds, ${[...TEXTS, ...numbers, ...own].join(', ')} FROM ${TABLES[origin]}`;
}
