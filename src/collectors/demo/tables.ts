import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';

const number = z.string().transform((text) => (text === '' ? 0 : Number(text))).pipe(z.number());

/** A row of demo_workloads.csv; utilisation is a share of the request, or of `absoluteCpuMillicores` without one. */
const WorkloadRow = z
  .object({
    namespace: z.string().min(1),
    workload: z.string().min(1),
    kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob', 'Job']),
    replicas: number,
    cpu_request_millicores: number,
    cpu_limit_millicores: number,
    memory_request_mib: number,
    utilisation_profile: z.string(),
    utilisation_low_of_request: number,
    utilisation_high_of_request: number,
    gpu_count: number,
    absolute_cpu_millicores_high: number,
    absolute_memory_mib: number,
  })
  .transform((row) => ({
    namespace: row.namespace,
    name: row.workload,
    kind: row.kind,
    replicas: row.replicas,
    cpuRequestMillicores: row.cpu_request_millicores,
    cpuLimitMillicores: row.cpu_limit_millicores,
    memoryRequestBytes: row.memory_request_mib * 1024 ** 2,
    profile: row.utilisation_profile,
    low: row.utilisation_low_of_request,
    high: row.utilisation_high_of_request,
    gpuCount: row.gpu_count,
    absoluteCpuMillicores: row.absolute_cpu_millicores_high,
    absoluteMemoryBytes: row.absolute_memory_mib * 1024 ** 2,
  }));
export type Workload = z.infer<typeof WorkloadRow>;

const ProfileRow = z.object({
  utilisation_profile: z.string(),
  day_of_week: number,
  local_hour: number,
  position_between_low_and_high: number,
});

/** Position between low and high for each of the 168 hours of a week, Monday 00:00 first. */
export type Profiles = ReadonlyMap<string, readonly number[]>;

export interface DemoTables {
  readonly workloads: readonly Workload[];
  readonly profiles: Profiles;
}

const HOURS_PER_WEEK = 168;

/** Reads the two tables of the sample cluster. A row that doesn't fit is a `Failure` that names it. */
export async function loadDemoTables(dataDir: string): Promise<DemoTables> {
  const [workloads, profileRows] = await Promise.all([
    readRows(join(dataDir, 'demo_workloads.csv'), WorkloadRow),
    readRows(join(dataDir, 'demo_utilisation_profiles.csv'), ProfileRow),
  ]);
  const profiles = new Map<string, number[]>();
  for (const row of profileRows) {
    const hours = profiles.get(row.utilisation_profile) ?? new Array<number>(HOURS_PER_WEEK).fill(0);
    hours[row.day_of_week * 24 + row.local_hour] = row.position_between_low_and_high;
    profiles.set(row.utilisation_profile, hours);
  }
  return { workloads, profiles };
}

async function readRows<Row>(file: string, schema: z.ZodType<Row>): Promise<Row[]> {
  const { parse } = await import('csv-parse/sync');
  const records: unknown[] = parse(await readFile(file), { columns: true });
  return records.map((record, index) => {
    const row = schema.safeParse(record);
    if (row.success) return row.data;
    throw new Failure('bad-input', `Line ${index + 2} of ${file} does not fit: ${row.error.issues[0]?.message ?? ''}`, {
      hint: 'Install Podwatt again; its data folder is damaged.',
    });
  });
}
