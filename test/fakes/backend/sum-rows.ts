import type { StoredRow, Totals } from '../../../src/core/ports/results-store.ts';
import { ZERO_TOTALS } from './zero-sums.ts';

export function sumRows(rows: readonly StoredRow[]): Totals {
  const pods = rows.filter((row) => row.rowKind === 'pod');
  const sum = (of: (row: StoredRow) => number, among: readonly StoredRow[] = rows) =>
    among.reduce((total, row) => total + of(row), 0);
  const ofKind = (kind: string) => rows.filter((row) => row.rowKind === kind);
  return {
    ...ZERO_TOTALS,
    joules: sum((row) => row.joules),
    joulesLow: sum((row) => row.joulesLow),
    joulesHigh: sum((row) => row.joulesHigh),
    joulesDynamic: sum((row) => row.joulesDynamic, pods),
    joulesIdle: sum((row) => row.joulesIdle, pods),
    joulesSystem: sum((row) => row.joules, ofKind('system')),
    joulesUnallocated: sum((row) => row.joules, ofKind('unallocated')),
    joulesGpu: sum((row) => row.joulesGpu),
    joulesStorage: sum((row) => row.joulesStorage),
    joulesMeasured: sum(
      ({ sources, joules, joulesGpu }) =>
        (sources.power === 'measured' ? joules - joulesGpu : 0) + (sources.gpu === 'measured' ? joulesGpu : 0),
    ),
    joulesDefault: sum(
      ({ sources, joules, joulesGpu }) =>
        (sources.power === 'provider-default' || sources.power === 'generic' ? joules - joulesGpu : 0) +
        (sources.gpu === 'assumed' ? joulesGpu : 0),
    ),
    pueJoules: sum((row) => row.joules * row.pue),
    intensityJoules: sum((row) => row.joules * row.gridIntensity),
    co2eGrams: sum((row) => row.co2eGrams),
    co2eLowGrams: sum((row) => row.co2eLowGrams),
    co2eHighGrams: sum((row) => row.co2eHighGrams),
    co2eMarketGrams: sum((row) => row.co2eMarketGrams),
    co2eDirectGrams: sum((row) => row.co2eDirectGrams ?? 0),
    co2eOfDirectRowsGrams: sum((row) => (row.co2eDirectGrams === null ? 0 : row.co2eGrams)),
    embodiedCo2eGrams: sum((row) => row.embodiedCo2eGrams),
    embodiedLowGrams: sum((row) => row.embodiedLowGrams),
    embodiedHighGrams: sum((row) => row.embodiedHighGrams),
    unallocatedCo2eGrams: sum((row) => row.co2eGrams + row.embodiedCo2eGrams, ofKind('unallocated')),
    totalCost: sum((row) => row.totalCost),
    costLow: sum((row) => row.costLow),
    costHigh: sum((row) => row.costHigh),
    cpuRequestMillicoreSeconds: sum((row) => row.cpuRequestMillicores * row.durationSeconds, pods),
    cpuUsageMillicoreSeconds: sum((row) => row.cpuUsageMillicores * row.durationSeconds, pods),
    memoryRequestByteSeconds: sum((row) => row.memoryRequestBytes * row.durationSeconds, pods),
    memoryUsageByteSeconds: sum((row) => row.memoryUsageBytes * row.durationSeconds, pods),
    networkReceiveBytes: sum((row) => row.networkReceiveBytes),
    networkTransmitBytes: sum((row) => row.networkTransmitBytes),
    restartCount: sum((row) => row.restartCount),
    podCount: new Set(pods.map((row) => `${row.clusterId} ${row.namespace} ${row.podName}`)).size,
  };
}
