import type {
  LedgerEntry,
  NodeSnapshot,
  NodeWindowRow,
  ResultRow,
  RowKind,
  WindowResult,
} from '../../../src/model/results.ts';
import type { RowSources } from '../../../src/model/sources.ts';
import type { WindowSeconds } from '../../../src/model/time.ts';

export const CLUSTER = '0c9f2a54-7a0e-4a77-9a5b-2f6f2e0c1a11';
export const OTHER_CLUSTER = '7d1f6c1e-0000-4a77-9a5b-2f6f2e0c1a22';
/** Thursday 2026-01-01 00:00 UTC. */
export const NEW_YEAR = Date.UTC(2026, 0, 1) / 1000;
export const HOUR = 3600;
export const DAY = 86_400;

export const SOURCES: RowSources = {
  gpu: 'none',
  cpu: 'cadvisor-root',
  usage: 'cadvisor',
  power: 'teads',
  intensity: 'zone-year',
  pue: 'provider',
  embodied: 'table',
  cost: 'default-prices',
};

/** A row whose every number is different and follows from `size`, so that a swapped column shows. */
export function sampleRow(part: Partial<ResultRow> = {}, size = 1): ResultRow {
  return {
    clusterId: CLUSTER,
    rowKind: 'pod',
    podName: 'cart-0',
    namespace: 'shop',
    podUid: 'uid-cart-0',
    node: 'n1',
    nodeInstanceType: 'm5.large',
    nodeZone: 'eu-west-3a',
    provider: 'aws',
    emapsZone: 'FR',
    ownerKind: 'Deployment',
    ownerName: 'cart',
    team: 'checkout',
    joules: 1000.5 * size,
    joulesLow: 800.25 * size,
    joulesHigh: 1300.75 * size,
    joulesDynamic: 600.5 * size,
    joulesIdle: 400 * size,
    joulesMemory: 33.3 * size,
    joulesGpu: 0,
    joulesStorage: 0,
    co2eGrams: 0.0171 * size,
    co2eLowGrams: 0.0123 * size,
    co2eHighGrams: 0.0222 * size,
    co2eMarketGrams: 0.0171 * size,
    co2eDirectGrams: null,
    embodiedCo2eGrams: 0.0051 * size,
    embodiedLowGrams: 0.0031 * size,
    embodiedHighGrams: 0.0091 * size,
    gridIntensity: 52.1,
    gridIntensityAtSeconds: NEW_YEAR,
    pue: 1.14,
    costCpu: 0.0011 * size,
    costMemory: 0.0007 * size,
    costGpu: 0,
    costStorage: 0,
    costNetwork: 0.0002 * size,
    totalCost: 0.002 * size,
    costLow: 0.0015 * size,
    costHigh: 0.0026 * size,
    cpuRequestMillicores: 250 * size,
    cpuUsageMillicores: 123.4 * size,
    gpuUsageMillicores: null,
    memoryRequestBytes: 268_435_456,
    memoryUsageBytes: 200_000_000.5,
    networkReceiveBytes: 1_234_567,
    networkTransmitBytes: 7_654_321,
    diskReadBytes: 11_111,
    diskWriteBytes: 22_222,
    storageRequestBytes: null,
    storageUsageBytes: null,
    ephemeralStorageRequestBytes: null,
    ephemeralStorageUsageBytes: 33_333,
    restartCount: 1,
    isEstimated: true,
    estimationReasons: ['power is modelled', 'intensity is of a year'],
    sources: SOURCES,
    calculationVersion: '1',
    ...part,
  };
}

/** A pod with a metered GPU on a node of one's own, under a contract, with every optional figure of a row. */
export function gpuRow(part: Partial<ResultRow> = {}, size = 1): ResultRow {
  const row = sampleRow(part, size);
  return {
    ...row,
    joulesGpu: 250.25 * size,
    joules: row.joules + 250.25 * size,
    co2eMarketGrams: 0.0003 * size,
    co2eDirectGrams: 0.0139 * size,
    gpuUsageMillicores: 812.5,
    storageRequestBytes: 10_737_418_240,
    storageUsageBytes: 1_234_567.5,
    ephemeralStorageRequestBytes: 2 ** 53 - 1,
    sources: { ...row.sources, gpu: 'measured' },
    ...part,
  };
}

/** The row of a volume: nothing but storage, of which general values are all that is known. */
export function volumeRow(part: Partial<ResultRow> = {}, size = 1): ResultRow {
  return sampleRow(
    {
      rowKind: 'volume',
      namespace: '__storage__',
      podName: 'volume/shop/data',
      podUid: null,
      ownerKind: null,
      ownerName: null,
      team: null,
      joules: 70.7 * size,
      joulesDynamic: 0,
      joulesIdle: 0,
      joulesMemory: 0,
      joulesStorage: 70.7 * size,
      storageRequestBytes: 5_000_000_000,
      storageUsageBytes: null,
      restartCount: 0,
      sources: { ...SOURCES, power: 'generic' },
      ...part,
    },
    size,
  );
}

/** The row of a node that is no pod. */
export function nodeRow(
  rowKind: Exclude<RowKind, 'pod' | 'volume'>,
  part: Partial<ResultRow> = {},
  size = 1,
): ResultRow {
  return sampleRow(
    {
      rowKind,
      namespace: `__${rowKind}__`,
      podName: `node/${part.node ?? 'n1'}`,
      podUid: null,
      ownerKind: null,
      ownerName: null,
      team: null,
      restartCount: 0,
      ...part,
    },
    size,
  );
}

export function sampleNodeWindow(part: Partial<NodeWindowRow> = {}): NodeWindowRow {
  return {
    clusterId: CLUSTER,
    node: 'n1',
    cpuSeconds: 321.5,
    systemCpuSeconds: 12.5,
    cpuSource: 'cadvisor-root',
    utilisation: 0.53,
    existedSeconds: 300,
    measuredJoules: null,
    meter: null,
    meterFactor: null,
    cpuCapacityMillicores: 2000,
    memoryCapacityBytes: 8_000_000_000,
    cpuAllocatableMillicores: 1930,
    memoryAllocatableBytes: 7_000_000_000,
    curveId: 'aws/m5.large/teads',
    curveWatts: [3.7, 7.1, 16.2, 22.4],
    curveLowFactor: 0.8,
    curveHighFactor: 1.3,
    idleWatts: 3.7,
    joulesDynamic: 1000,
    joulesIdleReserved: 500,
    joulesSystem: 100,
    joulesUnallocated: 200,
    joulesGpu: 0,
    gpuCount: 0,
    gpuModel: null,
    gpuTdpWatts: null,
    joulesTotal: 1800,
    sources: SOURCES,
    ...part,
  };
}

export function sampleSnapshot(part: Partial<NodeSnapshot> = {}): NodeSnapshot {
  return {
    clusterId: CLUSTER,
    snapshotAtSeconds: NEW_YEAR,
    name: 'n1',
    instanceType: 'm5.large',
    provider: 'aws',
    region: 'eu-west-3',
    zone: 'eu-west-3a',
    emapsZone: 'FR',
    cpuCapacityMillicores: 2000,
    memoryCapacityBytes: 8_000_000_000,
    architecture: 'amd64',
    os: 'linux',
    embodiedKilograms: 1142.9,
    ...part,
  };
}

interface WindowParts {
  readonly durationSeconds?: WindowSeconds;
  readonly clusterId?: string;
  readonly entry?: Partial<LedgerEntry>;
  readonly nodeWindows?: readonly NodeWindowRow[];
  readonly nodeSnapshots?: readonly NodeSnapshot[];
}

/** A window with these rows, closed one minute after its end. */
export function sampleWindow(startSeconds: number, rows: readonly ResultRow[], parts: WindowParts = {}): WindowResult {
  const durationSeconds = parts.durationSeconds ?? 300;
  return {
    entry: {
      clusterId: parts.clusterId ?? CLUSTER,
      window: { startSeconds, durationSeconds },
      state: 'whole',
      coveredSeconds: durationSeconds,
      reason: null,
      notices: [],
      rowCount: rows.length,
      closedAtSeconds: startSeconds + durationSeconds + 60,
      ...parts.entry,
    },
    rows,
    nodeWindows: parts.nodeWindows ?? [],
    nodeSnapshots: parts.nodeSnapshots ?? [],
  };
}
