import type { UnitPrices } from '../../model/coefficients.ts';
import type { NodeWindowRow, ResultRow } from '../../model/results.ts';
import type { CostSource } from '../../model/sources.ts';
import { type BilledHours, billedHours, cpuCost, memoryCost, unallocatedHours } from '../cost/cost.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';

type Amounts = Pick<
  ResultRow,
  'costCpu' | 'costMemory' | 'costGpu' | 'costStorage' | 'costNetwork' | 'totalCost' | 'costLow' | 'costHigh'
>;

export interface CostInput {
  readonly row: ResultRow;
  /** All rows of the same node. */
  readonly rows: readonly ResultRow[];
  readonly window: NodeWindowRow | null;
  readonly durationSeconds: number;
  readonly prices: UnitPrices;
  /** Whether all cards of the node were counted: without coefficients only those are that measured themselves. */
  readonly countsAllCards: boolean;
}

export interface RestatedCosts {
  /** Empty where the row keeps its cost. */
  readonly amounts: Amounts | Record<string, never>;
  readonly source: CostSource;
}

/** Price × max(request, use), as when the row was written; what OpenCost gave stays. */
export function restatedCosts(input: CostInput): RestatedCosts {
  const { row, prices } = input;
  if (row.sources.cost === 'opencost') return { amounts: {}, source: 'opencost' };
  const { cpu, memory, gpu, storage } = partsOf(input);
  const totalCost = cpu + memory + gpu + storage;
  return {
    amounts: {
      costCpu: cpu,
      costMemory: memory,
      costGpu: gpu,
      costStorage: storage,
      costNetwork: 0,
      totalCost,
      costLow: totalCost * prices.factor.low,
      costHigh: totalCost * prices.factor.high,
    },
    source: prices.source,
  };
}

const NOTHING = { cpu: 0, memory: 0, gpu: 0, storage: 0 };

function partsOf(input: CostInput): typeof NOTHING {
  const { row, rows, window, durationSeconds, prices } = input;
  const hours = durationSeconds / SECONDS_PER_HOUR;
  switch (row.rowKind) {
    case 'system':
      return NOTHING;
    case 'volume':
      return { ...NOTHING, storage: ((row.storageRequestBytes ?? 0) / BYTES_PER_GB) * hours * prices.storageGbHour };
    case 'pod':
      return { ...byHours(billedOf(row, hours), prices), storage: 0, gpu: gpuCost(input) };
    case 'unallocated':
      return {
        ...(window === null
          ? { cpu: row.costCpu, memory: row.costMemory }
          : byHours(freeHours(rows, window, hours), prices)),
        storage: 0,
        gpu: gpuCost(input),
      };
  }
}

function byHours(billed: BilledHours, prices: UnitPrices): { cpu: number; memory: number } {
  return { cpu: cpuCost(billed, prices), memory: memoryCost(billed, prices) };
}

/** A row holds means over its window: what was held for a part of it is in them already. */
function billedOf(row: ResultRow, hours: number): BilledHours {
  return billedHours(
    {
      cpuRequestMillicores: row.cpuRequestMillicores,
      cpuUseMillicores: row.cpuUsageMillicores,
      memoryRequestBytes: row.memoryRequestBytes,
      memoryUseBytes: row.memoryUsageBytes,
    },
    hours,
  );
}

function freeHours(rows: readonly ResultRow[], window: NodeWindowRow, hours: number): BilledHours {
  const existed = window.existedSeconds / SECONDS_PER_HOUR;
  let cpuCoreHours = 0;
  let memoryGbHours = 0;
  for (const row of rows) {
    if (row.rowKind !== 'pod') continue;
    const billed = billedOf(row, hours);
    cpuCoreHours += billed.cpuCoreHours;
    memoryGbHours += billed.memoryGbHours;
  }
  const allocatable = {
    cpuCoreHours: (window.cpuAllocatableMillicores / MILLICORES_PER_CORE) * existed,
    memoryGbHours: (window.memoryAllocatableBytes / BYTES_PER_GB) * existed,
  };
  return unallocatedHours(allocatable, { cpuCoreHours, memoryGbHours });
}

/**
 * The number of cards that a row held is not stored: it follows from its part of what all cards of the node cost, or,
 * where they cost nothing, took. Where OpenCost priced some of
 * the rows, or not all cards were counted, the cost stays.
 */
function gpuCost({ row, rows, window, prices, countsAllCards }: CostInput): number {
  const isByPrices = rows.every(({ sources }) => sources.cost !== 'opencost');
  if (window === null || window.gpuCount === 0 || !countsAllCards || !isByPrices) return row.costGpu;
  const cardHours = (window.gpuCount * window.existedSeconds) / SECONDS_PER_HOUR;
  const cost = rows.reduce((sum, each) => sum + each.costGpu, 0);
  if (cost > 0) return (row.costGpu / cost) * cardHours * prices.gpuHour;
  return window.joulesGpu > 0 ? (row.joulesGpu / window.joulesGpu) * cardHours * prices.gpuHour : row.costGpu;
}
