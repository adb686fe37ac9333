import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { gunzip, gzip } from 'node:zlib';
import * as z from 'zod';
import {
  type LedgerEntry,
  type NodeSnapshot,
  type NodeWindowRow,
  type ResultRow,
  ROW_KINDS,
  type WindowResult,
} from '../../model/results.ts';
import {
  COST_SOURCES,
  CPU_SOURCES,
  EMBODIED_SOURCES,
  INTENSITY_SOURCES,
  POD_USAGE_SOURCES,
  POWER_SOURCES,
  PUE_SOURCES,
  type RowSources,
} from '../../model/sources.ts';
import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS } from '../../model/time.ts';

const compress = promisify(gzip);
const decompress = promisify(gunzip);

const text = z.string();
const optionalText = z.string().nullable();
const number = z.number();

const Entry: z.ZodType<LedgerEntry> = z.object({
  clusterId: text,
  window: z.object({
    startSeconds: z.int(),
    durationSeconds: z.literal([LIVE_WINDOW_SECONDS, BACKFILL_WINDOW_SECONDS]),
  }),
  state: z.enum(['whole', 'partial', 'no-data']),
  coveredSeconds: number,
  reason: optionalText,
  notices: z.array(
    z.object({ code: text, severity: z.enum(['info', 'warning', 'error']), message: text, hint: optionalText }),
  ),
  rowCount: z.int(),
  closedAtSeconds: number,
});

const Sources: z.ZodType<RowSources> = z.object({
  cpu: z.enum(CPU_SOURCES),
  usage: z.enum(POD_USAGE_SOURCES),
  power: z.enum(POWER_SOURCES),
  intensity: z.enum(INTENSITY_SOURCES),
  pue: z.enum(PUE_SOURCES),
  embodied: z.enum(EMBODIED_SOURCES),
  cost: z.enum(COST_SOURCES),
});

const Row: z.ZodType<ResultRow> = z.object({
  clusterId: text,
  rowKind: z.enum(ROW_KINDS),
  podName: text,
  namespace: text,
  podUid: optionalText,
  node: text,
  nodeInstanceType: optionalText,
  nodeZone: optionalText,
  provider: text,
  emapsZone: text,
  ownerKind: optionalText,
  ownerName: optionalText,
  team: optionalText,
  joules: number,
  joulesLow: number,
  joulesHigh: number,
  joulesDynamic: number,
  joulesIdle: number,
  joulesMemory: number,
  joulesGpu: number,
  joulesStorage: number,
  co2eGrams: number,
  co2eLowGrams: number,
  co2eHighGrams: number,
  embodiedCo2eGrams: number,
  embodiedLowGrams: number,
  embodiedHighGrams: number,
  gridIntensity: number,
  gridIntensityAtSeconds: number.nullable(),
  pue: number,
  costCpu: number,
  costMemory: number,
  costGpu: number,
  costStorage: number,
  costNetwork: number,
  totalCost: number,
  costLow: number,
  costHigh: number,
  cpuRequestMillicores: number,
  cpuUsageMillicores: number,
  memoryRequestBytes: number,
  memoryUsageBytes: number,
  networkReceiveBytes: number,
  networkTransmitBytes: number,
  diskReadBytes: number,
  diskWriteBytes: number,
  ephemeralStorageUsageBytes: number,
  restartCount: number,
  isEstimated: z.boolean(),
  estimationReasons: z.array(text),
  sources: Sources,
  calculationVersion: text,
});

const NodeWindow: z.ZodType<NodeWindowRow> = z.object({
  clusterId: text,
  node: text,
  cpuSeconds: number.nullable(),
  systemCpuSeconds: number,
  cpuSource: z.enum(CPU_SOURCES),
  utilisation: number,
  existedSeconds: number,
  measuredJoules: number.nullable(),
  cpuCapacityMillicores: number,
  memoryCapacityBytes: number,
  cpuAllocatableMillicores: number,
  memoryAllocatableBytes: number,
  curveId: text,
  curveWatts: z.tuple([number, number, number, number]),
  curveLowFactor: number,
  curveHighFactor: number,
  idleWatts: number,
  joulesDynamic: number,
  joulesIdleReserved: number,
  joulesSystem: number,
  joulesUnallocated: number,
  joulesTotal: number,
  sources: Sources,
});

const Snapshot: z.ZodType<NodeSnapshot> = z.object({
  clusterId: text,
  snapshotAtSeconds: number,
  name: text,
  instanceType: optionalText,
  provider: text,
  region: optionalText,
  zone: optionalText,
  emapsZone: text,
  cpuCapacityMillicores: number,
  memoryCapacityBytes: number,
  architecture: optionalText,
  os: optionalText,
  embodiedKilograms: number,
});

/** Rows by column: a name is written once, and values of one kind lie together, which packs tightly. */
const Columns = z.record(z.string(), z.array(z.unknown()));
const Payload = z.object({
  rowCount: z.int().nonnegative(),
  columns: Columns,
  nodeWindows: z.array(NodeWindow),
  nodeSnapshots: z.array(Snapshot),
});

/** A window as it waits on disk. */
export async function encodeWindow(result: WindowResult): Promise<{ entry: string; payload: Uint8Array }> {
  const { entry, rows, nodeWindows, nodeSnapshots } = result;
  const payload = serialize({ rowCount: rows.length, columns: columnsOf(rows), nodeWindows, nodeSnapshots });
  return { entry: JSON.stringify(entry), payload: await compress(payload, { level: 3 }) };
}

/** Null for what this version can't read back whole. */
export async function decodeWindow(entry: string, payload: Uint8Array): Promise<WindowResult | null> {
  try {
    const found = Payload.parse(deserialize(await decompress(payload)));
    const rows = rowsOf(found.columns, found.rowCount).map((row) => Row.parse(row));
    const { nodeWindows, nodeSnapshots } = found;
    return { entry: Entry.parse(JSON.parse(entry)), rows, nodeWindows, nodeSnapshots };
  } catch {
    return null;
  }
}

export function decodeEntry(entry: string): LedgerEntry | null {
  try {
    return Entry.parse(JSON.parse(entry));
  } catch {
    return null;
  }
}

function columnsOf(rows: readonly ResultRow[]): Record<string, unknown[]> {
  const columns: Record<string, unknown[]> = {};
  for (const name of Object.keys(rows[0] ?? {}) as (keyof ResultRow)[]) columns[name] = rows.map((row) => row[name]);
  return columns;
}

function rowsOf(columns: Readonly<Record<string, unknown[]>>, rowCount: number): Record<string, unknown>[] {
  const names = Object.keys(columns);
  return Array.from({ length: rowCount }, (_, index) =>
    Object.fromEntries(names.map((name) => [name, columns[name]?.[index]])),
  );
}
