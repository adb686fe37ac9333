import type { Factor } from '../../model/bounds.ts';
import type { NodeCoefficients } from '../../model/coefficients.ts';
import type { CostParts } from '../../model/costs.ts';
import type { ResultRow } from '../../model/results.ts';
import type { CostSource, RowSources } from '../../model/sources.ts';
import { combineFactors } from '../bounds/combine.ts';
import { marketBasedGrams } from '../carbon/market-based.ts';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../carbon/operational.ts';
import { sumOfParts } from '../cost/share-costs.ts';
import { CALCULATION_VERSION } from '../version.ts';

/** Where a row's energy is drawn. */
export interface RowPlace {
  readonly clusterId: string;
  /** Empty for volumes. */
  readonly node: string;
  readonly instanceType: string | null;
  readonly zone: string | null;
  readonly provider: string;
  readonly emapsZone: string;
  readonly coefficients: NodeCoefficients;
}

/** Range of energy of one source, and of the grams that it becomes at one place. */
export interface EnergyRange {
  readonly energy: Factor;
  readonly carbon: Factor;
}

/** Joules of a row that come from one source. */
export interface SourcedJoules {
  readonly joules: number;
  readonly range: EnergyRange;
}

export interface RowCost extends CostParts {
  readonly source: CostSource;
  readonly factor: Factor;
}

/** What tells one row from another; the rest follows from its place. */
export interface RowParts {
  readonly dynamicJoules: number;
  readonly idleJoules: number;
  readonly memoryJoules: number;
  readonly gpuJoules: number;
  readonly storageJoules: number;
  /** The same joules by source. */
  readonly bySource: readonly SourcedJoules[];
  readonly embodiedGrams: number;
  readonly cost: RowCost;
  readonly isEstimated: boolean;
  readonly reasons: readonly string[];
  readonly sources: RowSources;
}

type Named = 'rowKind' | 'podName' | 'namespace';

/** Grams of a source's joules may err as its joules, the PUE and the intensity do. */
export function energyRange(energy: Factor, { pue, intensity }: NodeCoefficients): EnergyRange {
  return { energy, carbon: combineFactors([energy, pue.factor, intensity.factor]) };
}

/** Energy to grams, embodied emissions and money. Lows and highs of parts with different sources add (METHODOLOGY 1.13). */
export function figures(place: RowPlace, parts: RowParts): Omit<ResultRow, Named> {
  const { pue, intensity, embodied, market, direct } = place.coefficients;
  const joules = parts.dynamicJoules + parts.idleJoules + parts.gpuJoules + parts.storageJoules;
  const kwh = kwhOfJoules(joules);
  const grams = operationalGrams(kwh, pue.pue, intensity.gramsPerKwh);
  const bounds = boundsOf(parts.bySource, operationalGrams(kwhOfJoules(1), pue.pue, intensity.gramsPerKwh));
  const { cost } = parts;
  const totalCost = sumOfParts(cost);
  return {
    clusterId: place.clusterId,
    podUid: null,
    node: place.node,
    nodeInstanceType: place.instanceType,
    nodeZone: place.zone,
    provider: place.provider,
    emapsZone: place.emapsZone,
    ownerKind: null,
    ownerName: null,
    team: null,
    joules,
    joulesLow: Math.min(joules, bounds.joulesLow),
    joulesHigh: Math.max(joules, bounds.joulesHigh),
    joulesDynamic: parts.dynamicJoules,
    joulesIdle: parts.idleJoules,
    joulesMemory: parts.memoryJoules,
    joulesGpu: parts.gpuJoules,
    joulesStorage: parts.storageJoules,
    co2eGrams: grams,
    co2eLowGrams: Math.min(grams, bounds.gramsLow),
    co2eHighGrams: Math.max(grams, bounds.gramsHigh),
    embodiedCo2eGrams: parts.embodiedGrams,
    embodiedLowGrams: parts.embodiedGrams * embodied.factor.low,
    embodiedHighGrams: parts.embodiedGrams * embodied.factor.high,
    co2eMarketGrams:
      market === undefined ? grams : marketBasedGrams(facilityEnergy(kwh, pue.pue), market, intensity.gramsPerKwh),
    co2eDirectGrams: direct === undefined ? null : operationalGrams(kwh, pue.pue, direct.gramsPerKwh),
    gridIntensity: intensity.gramsPerKwh,
    gridIntensityAtSeconds: intensity.atSeconds,
    pue: pue.pue,
    costCpu: cost.cpu,
    costMemory: cost.memory,
    costGpu: cost.gpu,
    costStorage: cost.storage,
    costNetwork: cost.network,
    totalCost,
    costLow: totalCost * cost.factor.low,
    costHigh: totalCost * cost.factor.high,
    cpuRequestMillicores: 0,
    cpuUsageMillicores: 0,
    gpuUsageMillicores: null,
    memoryRequestBytes: 0,
    memoryUsageBytes: 0,
    networkReceiveBytes: 0,
    networkTransmitBytes: 0,
    diskReadBytes: 0,
    diskWriteBytes: 0,
    storageRequestBytes: null,
    storageUsageBytes: null,
    ephemeralStorageRequestBytes: null,
    ephemeralStorageUsageBytes: 0,
    restartCount: 0,
    isEstimated: parts.isEstimated,
    estimationReasons: parts.reasons,
    sources: parts.sources,
    calculationVersion: CALCULATION_VERSION,
  };
}

function boundsOf(bySource: readonly SourcedJoules[], gramsPerJoule: number) {
  let joulesLow = 0;
  let joulesHigh = 0;
  let gramsLow = 0;
  let gramsHigh = 0;
  for (const { joules, range } of bySource) {
    joulesLow += joules * range.energy.low;
    joulesHigh += joules * range.energy.high;
    gramsLow += joules * gramsPerJoule * range.carbon.low;
    gramsHigh += joules * gramsPerJoule * range.carbon.high;
  }
  return { joulesLow, joulesHigh, gramsLow, gramsHigh };
}
