import type { Factor } from '../../model/bounds.ts';
import type { ResultRow } from '../../model/results.ts';
import type { RowSources } from '../../model/sources.ts';
import { combineFactors } from '../bounds/combine.ts';
import { WORLD_ZONE } from '../carbon/choose-intensity.ts';
import { ON_PREM_PUE, WORLD_FACTOR } from '../coefficients/carbon.ts';
import { EMBODIED_FACTOR } from '../coefficients/embodied.ts';
import { DEFAULT_POWER_FACTOR } from '../coefficients/power.ts';
import { DEFAULT_PRICE_FACTOR } from '../coefficients/prices.ts';
import { CPU_FACTORS, USAGE_FACTORS } from '../coefficients/usage.ts';
import type { PodSums } from './pod-sums.ts';

/** The newest version of GreenKube whose tables are known; stands where a row does not name its own. */
const GREENKUBE_VERSION = '0.2.12';

export const IMPORTED_REASON =
  'Imported from GreenKube, which keeps neither bounds nor the sources of its figures: the bounds are those of the least that could have been known.';

/** GreenKube keeps no sources: each is the lowest rung that it may have used. */
const SOURCES: Omit<RowSources, 'usage'> = {
  gpu: 'none',
  cpu: 'pod-sum',
  power: 'generic',
  intensity: 'world',
  pue: 'coefficients',
  embodied: 'formula',
  cost: 'default-prices',
};

const PUE_FACTOR: Factor = { low: ON_PREM_PUE.low / ON_PREM_PUE.pue, high: ON_PREM_PUE.high / ON_PREM_PUE.pue };

/** A pod's sums as a row. Energy is not split by GreenKube: all of it counts as dynamic. */
export function resultRowOf(
  pod: PodSums,
  { clusterId, provider, windowSeconds }: { clusterId: string; provider: string; windowSeconds: number },
): ResultRow {
  const { latest, joules, co2eGrams, embodiedCo2eGrams, totalCost } = pod;
  const cpuUsage = pod.mean('cpuUsageMillicores', windowSeconds);
  const usage = cpuUsage === null ? 'requests' : 'cadvisor';
  const energy = combineFactors([DEFAULT_POWER_FACTOR, CPU_FACTORS[SOURCES.cpu], USAGE_FACTORS[usage]]);
  const carbon = combineFactors([energy, PUE_FACTOR, WORLD_FACTOR]);
  return {
    clusterId,
    rowKind: 'pod',
    podName: latest.podName,
    namespace: latest.namespace,
    podUid: null,
    node: latest.node ?? '',
    nodeInstanceType: latest.nodeInstanceType,
    nodeZone: latest.nodeZone,
    provider,
    emapsZone: zoneOf(latest.emapsZone),
    ownerKind: latest.ownerName === null ? null : latest.ownerKind,
    ownerName: latest.ownerKind === null ? null : latest.ownerName,
    team: null,
    joules,
    joulesLow: joules * energy.low,
    joulesHigh: joules * energy.high,
    joulesDynamic: joules,
    joulesIdle: 0,
    joulesMemory: 0,
    joulesGpu: 0,
    joulesStorage: 0,
    co2eGrams,
    co2eLowGrams: co2eGrams * carbon.low,
    co2eHighGrams: co2eGrams * carbon.high,
    embodiedCo2eGrams,
    embodiedLowGrams: embodiedCo2eGrams * EMBODIED_FACTOR.low,
    embodiedHighGrams: embodiedCo2eGrams * EMBODIED_FACTOR.high,
    co2eMarketGrams: co2eGrams,
    co2eDirectGrams: null,
    gridIntensity: pod.gridIntensity,
    gridIntensityAtSeconds: latest.gridIntensityAtSeconds,
    pue: pod.pue,
    // GreenKube keeps the whole only; parts have to add up to it, so all of it stands under CPU.
    costCpu: totalCost,
    costMemory: 0,
    costGpu: 0,
    costStorage: 0,
    costNetwork: 0,
    totalCost,
    costLow: totalCost * DEFAULT_PRICE_FACTOR.low,
    costHigh: totalCost * DEFAULT_PRICE_FACTOR.high,
    cpuRequestMillicores: pod.mean('cpuRequestMillicores', windowSeconds) ?? 0,
    cpuUsageMillicores: cpuUsage ?? 0,
    gpuUsageMillicores: pod.mean('gpuUsageMillicores', windowSeconds),
    memoryRequestBytes: pod.mean('memoryRequestBytes', windowSeconds) ?? 0,
    memoryUsageBytes: pod.mean('memoryUsageBytes', windowSeconds) ?? 0,
    networkReceiveBytes: pod.total('networkReceiveBytesPerSecond'),
    networkTransmitBytes: pod.total('networkTransmitBytesPerSecond'),
    diskReadBytes: pod.total('diskReadBytesPerSecond'),
    diskWriteBytes: pod.total('diskWriteBytesPerSecond'),
    storageRequestBytes: null,
    storageUsageBytes: null,
    ephemeralStorageRequestBytes: pod.mean('ephemeralStorageRequestBytes', windowSeconds),
    ephemeralStorageUsageBytes: pod.mean('ephemeralStorageUsageBytes', windowSeconds) ?? 0,
    // GreenKube's count is of the pod's whole life, Podwatt's of the window.
    restartCount: 0,
    isEstimated: true,
    estimationReasons: [IMPORTED_REASON, ...[...pod.reasons].map((reason) => `GreenKube: ${reason}`)],
    sources: { ...SOURCES, usage },
    calculationVersion: `greenkube-${latest.calculationVersion ?? GREENKUBE_VERSION}`,
  };
}

/** GreenKube writes `unknown` where it found no zone. */
export function zoneOf(emapsZone: string | null): string {
  return emapsZone === null || emapsZone === '' || emapsZone === 'unknown' ? WORLD_ZONE : emapsZone;
}
