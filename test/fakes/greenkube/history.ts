import type { Line } from './tables.ts';

/** Monday 2026-01-05 00:00 UTC. */
export const FIRST_HOUR = Date.UTC(2026, 0, 5) / 1000;
export const HOUR = 3600;
/** When the import runs: long after all of it. */
export const LATER = FIRST_HOUR + 48 * HOUR;

/** Lines by table, and those of the two tables of results that an import counts. */
export interface History {
  readonly tables: Readonly<Record<string, readonly Line[]>>;
  readonly counted: readonly Line[];
  /** Starts and lengths of the windows that they make, by start. */
  readonly windows: readonly (readonly [startSeconds: number, durationSeconds: number])[];
}

const PODS = [
  ['shop', 'cart-0', 'n1', 'Deployment', 'cart'],
  ['shop', 'cart-1', 'n2', 'Deployment', 'cart'],
  ['kube-system', 'coredns-a', 'n1', null, null],
] as const;

/** As GreenKube's Python writes it. */
export function isoformat(seconds: number, microseconds = 0): string {
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${text}${microseconds === 0 ? '' : `.${String(microseconds).padStart(6, '0')}`}+00:00`;
}

/** A line of `combined_metrics`; `size` makes its figures its own. */
export function rawLine(atSeconds: number, pod = 0, size = 1, part: Line = {}): Line {
  return { ...common(pod, size), timestamp: isoformat(atSeconds), cpu_usage_millicores: 120, ...part };
}

/** A line of `combined_metrics_hourly`. */
export function hourlyLine(hour: number, pod = 0, size = 1, samples = 12, part: Line = {}): Line {
  return {
    ...common(pod, size),
    hour_bucket: new Date(hour * 1000).toISOString().replace('.000', ''),
    sample_count: samples,
    duration_seconds: samples * 300,
    cpu_usage_avg: 110,
    cpu_usage_max: 300,
    memory_usage_avg: 90_000_000,
    memory_usage_max: 95_000_000,
    estimation_reasons: '[]',
    ...part,
  };
}

export function nodeLine(name: string, atSeconds: number, part: Line = {}): Line {
  return {
    timestamp: isoformat(atSeconds),
    node_name: name,
    instance_type: 'm5.large',
    cpu_capacity_cores: 2,
    architecture: 'amd64',
    cloud_provider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    memory_capacity_bytes: 8_000_000_000,
    embodied_emissions_kg: 1200,
    ...part,
  };
}

/**
 * Eleven hours as GreenKube leaves them: 0 to 5 in the hourly table alone, 6 with half of its raw lines pruned, 7 whole in
 * both, 8 and 9 raw with irregular stamps, 10 raw with a sample for the whole hour.
 */
export function history(): History {
  const raw: Line[] = [];
  const hourly: Line[] = [];
  const counted: Line[] = [];
  const windows = new Map<number, number>();
  const count = (line: Line, startSeconds: number, durationSeconds: number): Line => {
    counted.push(line);
    windows.set(startSeconds, durationSeconds);
    return line;
  };
  let size = 1;
  // No two lines have the same figures.
  const grow = (by: number): number => {
    size += by;
    return size;
  };
  for (const pod of PODS.keys()) {
    for (let hour = 0; hour <= 6; hour += 1) {
      const start = FIRST_HOUR + hour * HOUR;
      hourly.push(count(hourlyLine(start, pod, grow(0.37)), start, HOUR));
    }
    for (let minute = 30; minute < 60; minute += 5) raw.push(rawLine(FIRST_HOUR + 6 * HOUR + minute * 60, pod, 7));
    const seventh = FIRST_HOUR + 7 * HOUR;
    hourly.push(hourlyLine(seventh, pod, 999));
    for (let step = 0; step < 12; step += 1) {
      const start = seventh + step * 300;
      raw.push(count(rawLine(start, pod, grow(0.11)), start, 300));
    }
    for (let step = 0; step < 23; step += 1) {
      // Up to seven minutes late: some windows get two stamps, some none.
      const at = FIRST_HOUR + 8 * HOUR + step * 300 + ((step * 97) % 450) + pod * 13;
      const line = rawLine(at, pod, grow(0.13), { timestamp: isoformat(at, 123_456) });
      raw.push(count(line, at - (at % 300), 300));
    }
    const tenth = FIRST_HOUR + 10 * HOUR;
    raw.push(count(rawLine(tenth + 60, pod, grow(0.5), { duration_seconds: 3600 }), tenth, HOUR));
  }
  return {
    tables: {
      combined_metrics: raw,
      combined_metrics_hourly: hourly,
      node_snapshots: ['n1', 'n2'].flatMap((name) => [
        nodeLine(name, FIRST_HOUR - 60),
        nodeLine(name, FIRST_HOUR + 8 * HOUR, { instance_type: 'm5.xlarge', cpu_capacity_cores: 4 }),
      ]),
      carbon_intensity_history: [0, 1, 2].map((hour) => ({
        zone: 'FR',
        carbon_intensity: 50 + hour,
        datetime: new Date((FIRST_HOUR + hour * HOUR) * 1000).toISOString().replace('.000', ''),
        emission_factor_type: 'lifecycle',
        is_estimated: null,
      })),
      recommendation_history: [
        { type: 'ZOMBIE_POD', description: 'a pod that does nothing', created_at: isoformat(FIRST_HOUR) },
        { type: 'RIGHTSIZING_CPU', description: 'too much', created_at: isoformat(FIRST_HOUR) },
      ],
    },
    counted,
    windows: [...windows].sort(([a], [b]) => a - b),
  };
}

/** Σ of a column. */
export function sumOf(lines: readonly Line[], column: string): number {
  return lines.reduce((sum, line) => sum + Number(line[column] ?? 0), 0);
}

function common(pod: number, size: number): Line {
  const [namespace, podName, node, ownerKind, ownerName] = PODS[pod] ?? PODS[0];
  return {
    pod_name: podName,
    namespace,
    node,
    owner_kind: ownerKind,
    owner_name: ownerName,
    node_instance_type: 'm5.large',
    node_zone: 'eu-west-3a',
    emaps_zone: 'FR',
    joules: 1000.1 * size,
    co2e_grams: 0.0173 * size,
    embodied_co2e_grams: 0.0041 * size,
    total_cost: 0.0021 * size,
    pue: 1.15,
    grid_intensity: 54.5,
    cpu_request: 250,
    memory_request: 128_000_000,
    network_receive_bytes: 10,
    network_transmit_bytes: 20,
    disk_read_bytes: 3,
    disk_write_bytes: 4,
    restart_count: 7,
    duration_seconds: 300,
    is_estimated: true,
    estimation_reasons: '["No cost data for pod \'cart-0\'. Used default cost 0.0"]',
    calculation_version: '0.2.12',
  };
}
