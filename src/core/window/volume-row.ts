import type { NodeCoefficients, VolumeCoefficient } from '../../model/coefficients.ts';
import type { VolumeFacts } from '../../model/facts.ts';
import { type ResultRow, STORAGE_NAMESPACE } from '../../model/results.ts';
import { rangeOfCost } from '../cost/prices.ts';
import { NO_COST } from '../cost/share-costs.ts';
import { volumeKwh } from '../power/volume.ts';
import { BYTES_PER_GB, JOULES_PER_KWH, SECONDS_PER_HOUR } from '../units.ts';
import { energyRange, figures, type RowCost } from './figures.ts';
import { placeReasons } from './reasons.ts';

const BYTES_PER_TERABYTE = 1e12;

/** What the row of a volume needs beside its facts. */
export interface VolumeContext {
  readonly clusterId: string;
  readonly durationSeconds: number;
  readonly emapsZone: string;
  /** Of the node whose place is taken. */
  readonly coefficients: NodeCoefficients;
  readonly volume: VolumeCoefficient;
  /** Costs that hold the volumes already; null: unit prices. */
  readonly costInPods: Pick<RowCost, 'source' | 'factor'> | null;
}

/**
 * Row of a persistent volume claim: the energy of what was asked for. It stands for no node, mounted or not, so that it
 * stays one row when its pod moves. METHODOLOGY 1.4 and 1.7.4.
 */
export function volumeRow(context: VolumeContext, facts: VolumeFacts): ResultRow {
  const { coefficients, volume } = context;
  const { prices, intensity, pue, embodied } = coefficients;
  const hours = facts.aliveSeconds / SECONDS_PER_HOUR;
  const joules =
    volumeKwh(
      {
        terabytes: facts.requestedBytes / BYTES_PER_TERABYTE,
        wattHoursPerTerabyteHour: volume.wattHoursPerTerabyteHour,
        replication: volume.replication,
      },
      hours,
    ) * JOULES_PER_KWH;
  const aliveShare = Math.min(1, facts.aliveSeconds / context.durationSeconds);
  const byPrices = { ...NO_COST, storage: (facts.requestedBytes / BYTES_PER_GB) * hours * prices.storageGbHour };
  const cost: RowCost =
    context.costInPods === null
      ? { ...byPrices, ...rangeOfCost(byPrices, prices) }
      : { ...NO_COST, ...context.costInPods };
  return {
    ...figures(
      {
        clusterId: context.clusterId,
        node: '',
        instanceType: null,
        zone: facts.place.zone,
        provider: facts.place.provider,
        emapsZone: context.emapsZone,
        coefficients,
      },
      {
        dynamicJoules: 0,
        idleJoules: 0,
        memoryJoules: 0,
        gpuJoules: 0,
        storageJoules: joules,
        bySource: [{ joules, range: energyRange(volume.factor, coefficients) }],
        embodiedGrams: 0,
        cost,
        isEstimated: true,
        reasons: [
          'Energy of the volume is a general value for its size and medium.',
          ...volume.flags,
          ...placeReasons(coefficients),
        ],
        sources: {
          gpu: 'none',
          cpu: 'no-samples',
          usage: 'requests',
          power: 'provider-default',
          intensity: intensity.source,
          pue: pue.source,
          embodied: embodied.source,
          cost: cost.source,
        },
      },
    ),
    rowKind: 'volume',
    podName: `pvc/${facts.namespace}/${facts.claim}`,
    namespace: STORAGE_NAMESPACE,
    team: facts.team,
    storageRequestBytes: facts.requestedBytes * aliveShare,
    storageUsageBytes: facts.usedBytes === null ? null : facts.usedBytes * aliveShare,
  };
}
