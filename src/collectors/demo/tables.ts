import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';

const NumberCell = z
  .string()
  .regex(/^\d+(\.\d+)?$/, 'expected a number')
  .transform(Number);
const OptionalNumberCell = z.union([z.literal('').transform(() => null), NumberCell]);

const WorkloadRow = z.object({
  namespace: z.string().min(1),
  workload: z.string().min(1),
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job']),
  replicas: NumberCell,
  cpu_request_millicores: NumberCell,
  cpu_limit_millicores: NumberCell,
  memory_request_mib: NumberCell,
  memory_limit_mib: NumberCell,
  utilisation_profile: z.string().min(1),
  utilisation_low_of_request: NumberCell,
  utilisation_high_of_request: NumberCell,
  absolute_cpu_millicores_high: OptionalNumberCell,
  absolute_memory_mib: OptionalNumberCell,
});

const ProfileRow = z.object({
  utilisation_profile: z.string().min(1),
  /** 0 is Monday. */
  day_of_week: NumberCell,
  local_hour: NumberCell,
  position_between_low_and_high: NumberCell,
});

export type WorkloadKind = z.infer<typeof WorkloadRow>['kind'];

/** One workload of the sample cluster; CPU use moves between low and high, memory round one value. */
export interface Workload {
  readonly namespace: string;
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly replicas: number;
  readonly cpuRequestMillicores: number;
  readonly memoryRequestBytes: number;
  readonly cpuLowMillicores: number;
  readonly cpuHighMillicores: number;
  readonly cpuLimitMillicores: number | null;
  readonly memoryLimitBytes: number | null;
  /** Working set without requests; null where it follows from the request. */
  readonly memoryBytes: number | null;
  readonly profile: string;
}

/** Position between low and high, 168 hours from Monday 00:00 local time, by profile. */
export type Profiles = ReadonlyMap<string, readonly number[]>;

export const HOURS_PER_WEEK = 168;
const BYTES_PER_MIB = 1_048_576;

export interface DemoTables {
  readonly workloads: readonly Workload[];
  readonly profiles: Profiles;
}

/** Reads the sample's tables of `resources/data`; a missing file or a bad row is a `Failure` that names it. */
export async function loadDemoTables(dataDir: string): Promise<DemoTables> {
  const [workloads, profiles] = await Promise.all([
    readRows(dataDir, 'demo_workloads.csv', WorkloadRow),
    readRows(dataDir, 'demo_utilisation_profiles.csv', ProfileRow),
  ]);
  return { workloads: workloads.map(workloadOf), profiles: profilesOf(profiles) };
}

function workloadOf(row: z.infer<typeof WorkloadRow>): Workload {
  const low = row.utilisation_low_of_request;
  const high = row.utilisation_high_of_request;
  const highMillicores = row.absolute_cpu_millicores_high ?? high * row.cpu_request_millicores;
  return {
    namespace: row.namespace,
    name: row.workload,
    kind: row.kind,
    replicas: row.replicas,
    cpuRequestMillicores: row.cpu_request_millicores,
    memoryRequestBytes: row.memory_request_mib * BYTES_PER_MIB,
    cpuLowMillicores: high > 0 ? highMillicores * (low / high) : 0,
    cpuHighMillicores: highMillicores,
    cpuLimitMillicores: row.cpu_limit_millicores > 0 ? row.cpu_limit_millicores : null,
    memoryLimitBytes: row.memory_limit_mib > 0 ? row.memory_limit_mib * BYTES_PER_MIB : null,
    memoryBytes: row.absolute_memory_mib === null ? null : row.absolute_memory_mib * BYTES_PER_MIB,
    profile: row.utilisation_profile,
  };
}

function profilesOf(rows: readonly z.infer<typeof ProfileRow>[]): Profiles {
  const profiles = new Map<string, number[]>();
  for (const row of rows) {
    const hours = profiles.get(row.utilisation_profile) ?? new Array<number>(HOURS_PER_WEEK).fill(0);
    hours[row.day_of_week * 24 + row.local_hour] = row.position_between_low_and_high;
    profiles.set(row.utilisation_profile, hours);
  }
  return profiles;
}

async function readRows<T>(dataDir: string, file: string, schema: z.ZodType<T>): Promise<T[]> {
  const hint = 'The tables come with Podwatt; installing it again restores them.';
  let records: Record<string, string>[];
  try {
    records = parse<Record<string, string>>(await readFile(join(dataDir, file), 'utf8'), { columns: true });
  } catch (cause) {
    throw new Failure('not-found', `The sample's table ${file} can't be read.`, { hint, cause });
  }
  return records.map((record, index) => {
    const row = schema.safeParse(record);
    if (row.success) return row.data;
    const issue = row.error.issues[0];
    throw new Failure('bad-input', `${file}, line ${index + 2}: ${issue?.path.join('.')}: ${issue?.message}.`, {
      hint,
    });
  });
}
