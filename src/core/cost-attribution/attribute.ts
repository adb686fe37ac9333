import type { CostAttribution } from '../../model/kubernetes/objects.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { NamespaceHour } from '../ports/cost-sums.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE } from '../units.ts';
import { DAY_SECONDS, dateOf, HOUR_SECONDS } from './calendar.ts';
import { exactSum } from './exact-sum.ts';

/** Whom the costs of a namespace go to. */
export interface CostOwner {
  readonly namespaceId: string;
  readonly teamName: string | null;
  readonly costCenter: string | null;
}

/** Makes the id of a row from what it is unique by, so that the same row has the same id each time. */
export type RowId = (namespaceId: string, date: string, hour: number | null) => string;

export interface AttributionContext {
  readonly clusterId: string;
  readonly updatedAtSeconds: EpochSeconds;
  readonly rowId: RowId;
}

/** Numbers of a row of `k8s_cost_attribution` that are added up; `totalCost` is Σ of the five costs. */
export const SUMMED = [
  'cpuCost',
  'memoryCost',
  'gpuCost',
  'storageCost',
  'networkCost',
  'cpuCoreHours',
  'memoryGbHours',
  'storageGbHours',
  'networkGb',
] as const satisfies readonly (keyof CostAttribution)[];
type Amounts = { readonly [Field in (typeof SUMMED)[number]]: number };

/** An hour without any rows: what a row becomes whose windows no longer hold the namespace. */
export function emptyHour(namespace: string, startSeconds: EpochSeconds): NamespaceHour {
  return {
    namespace,
    startSeconds,
    cpuCost: 0,
    memoryCost: 0,
    gpuCost: 0,
    storageCost: 0,
    networkCost: 0,
    cpuMillicoreSeconds: 0,
    memoryByteSeconds: 0,
    storageByteSeconds: 0,
    networkBytes: 0,
  };
}

/** The row of one hour of a namespace. */
export function hourRow(hour: NamespaceHour, owner: CostOwner, context: AttributionContext): CostAttribution {
  const place = Math.floor((hour.startSeconds % DAY_SECONDS) / HOUR_SECONDS);
  return rowOf(amountsOf(hour), dateOf(hour.startSeconds), place, owner, context);
}

/** The row of a whole day: exactly what its hours sum to, also where the hours are those of a half-gone day. */
export function dayRow(
  hours: readonly NamespaceHour[],
  date: string,
  owner: CostOwner,
  context: AttributionContext,
): CostAttribution {
  const all = hours.filter(({ startSeconds }) => dateOf(startSeconds) === date).map(amountsOf);
  const summed = Object.fromEntries(SUMMED.map((field) => [field, exactSum(all.map((each) => each[field]))]));
  return rowOf(summed as Amounts, date, null, owner, context);
}

function amountsOf(hour: NamespaceHour): Amounts {
  const { cpuCost, memoryCost, gpuCost, storageCost, networkCost } = hour;
  return {
    cpuCost,
    memoryCost,
    gpuCost,
    storageCost,
    networkCost,
    cpuCoreHours: hour.cpuMillicoreSeconds / MILLICORES_PER_CORE / HOUR_SECONDS,
    memoryGbHours: hour.memoryByteSeconds / BYTES_PER_GB / HOUR_SECONDS,
    storageGbHours: hour.storageByteSeconds / BYTES_PER_GB / HOUR_SECONDS,
    networkGb: hour.networkBytes / BYTES_PER_GB,
  };
}

function rowOf(
  amounts: Amounts,
  date: string,
  hour: number | null,
  { namespaceId, teamName, costCenter }: CostOwner,
  { clusterId, updatedAtSeconds, rowId }: AttributionContext,
): CostAttribution {
  const { cpuCost, memoryCost, gpuCost, storageCost, networkCost } = amounts;
  const totalCost = exactSum([cpuCost, memoryCost, gpuCost, storageCost, networkCost]);
  const id = rowId(namespaceId, date, hour);
  return { id, clusterId, namespaceId, date, hour, ...amounts, totalCost, teamName, costCenter, updatedAtSeconds };
}
