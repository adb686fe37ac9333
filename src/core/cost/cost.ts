import type { UnitPrices } from '../../model/coefficients.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE } from '../units.ts';

/** Core-hours and GB-hours (decimal) that are paid for. */
export interface BilledHours {
  readonly cpuCoreHours: number;
  readonly memoryGbHours: number;
}

/** What is held for some hours: the larger of request and use, per resource. Source: METHODOLOGY 0.12. */
export function billedHours(
  held: {
    readonly cpuRequestMillicores: number;
    readonly cpuUseMillicores: number;
    readonly memoryRequestBytes: number;
    readonly memoryUseBytes: number;
  },
  hours: number,
): BilledHours {
  return {
    cpuCoreHours: (Math.max(held.cpuRequestMillicores, held.cpuUseMillicores) / MILLICORES_PER_CORE) * hours,
    memoryGbHours: (Math.max(held.memoryRequestBytes, held.memoryUseBytes) / BYTES_PER_GB) * hours,
  };
}

/** What a node could give and nobody held; never negative. */
export function unallocatedHours(allocatable: BilledHours, held: BilledHours): BilledHours {
  return {
    cpuCoreHours: Math.max(0, allocatable.cpuCoreHours - held.cpuCoreHours),
    memoryGbHours: Math.max(0, allocatable.memoryGbHours - held.memoryGbHours),
  };
}

export function cpuCost(billed: BilledHours, prices: UnitPrices): number {
  return billed.cpuCoreHours * prices.cpuCoreHour;
}

export function memoryCost(billed: BilledHours, prices: UnitPrices): number {
  return billed.memoryGbHours * prices.memoryGbHour;
}
