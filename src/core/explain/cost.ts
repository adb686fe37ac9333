import { DEFAULT_PRICES } from '../coefficients/prices.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import { isSame, reproduces } from './formula.ts';
import type { RowFacts } from './row-facts.ts';
import { costWords } from './source-words.ts';
import { type ExplainStep, type ExplainTerm, stepOf, term, termOfStep } from './step.ts';

type Part = 'cpu' | 'memory' | 'gpu' | 'storage' | 'network';
const NAMES: Readonly<Record<Part, string>> = {
  cpu: 'CPU',
  memory: 'memory',
  gpu: 'GPUs',
  storage: 'storage',
  network: 'network',
};

/** The cost of a row by resource, and each resource by price and hours (or as OpenCost says). */
export function costSteps(facts: RowFacts): ExplainStep[] {
  const { row, currency } = facts;
  const amounts = { cpu: row.costCpu, memory: row.costMemory, gpu: row.costGpu, storage: row.costStorage };
  const all = { ...amounts, network: row.costNetwork };
  const parts = PARTS.filter((part) => all[part] !== 0).map((part) => partStep(facts, part, all[part]));
  const sum = stepOf({
    id: 'cost',
    title: 'Cost',
    value: row.totalCost,
    low: row.costLow,
    high: row.costHigh,
    unit: currency,
    formula: parts.length === 0 ? '0' : parts.map(({ id }) => symbolOf(id)).join(' + '),
    terms: parts.map((part) => termOfStep(part, symbolOf(part.id), costWords(row.sources.cost).known)),
    note:
      row.rowKind === 'system'
        ? 'The system costs nothing of its own: pods and spare capacity pay for the node.'
        : null,
  });
  return [sum, ...parts];
}

const PARTS = ['cpu', 'memory', 'gpu', 'storage', 'network'] as const;

function symbolOf(id: string): string {
  return id.replace('cost-', '');
}

function partStep(facts: RowFacts, part: Part, value: number): ExplainStep {
  const { row, currency } = facts;
  const base = { id: `cost-${part}`, title: `Cost of ${NAMES[part]}`, value, unit: currency };
  const words = costWords(row.sources.cost);
  const held = row.sources.cost === 'opencost' ? null : heldTerms(facts, part);
  if (held === null || held.hours <= 0) {
    const recorded = term('recorded', 'As the source gives it', value, currency, {
      ...words,
      atSeconds: row.startSeconds,
    });
    return stepOf({ ...base, formula: 'recorded', terms: [recorded] });
  }
  const asked = value / held.hours;
  const price = isSame(asked, held.defaultPrice) ? held.defaultPrice : asked;
  const terms = [term('price', `Price of a ${held.of}`, price, currency, words), ...held.terms];
  const formula = `price × ${held.formula}`;
  if (reproduces(formula, terms, value)) return stepOf({ ...base, formula, terms });
  const recorded = term('recorded', 'As recorded', value, currency, words);
  return stepOf({ ...base, formula: 'recorded', terms: [recorded] });
}

interface Held {
  readonly of: string;
  readonly defaultPrice: number;
  /** What is paid for, in the unit of the price. */
  readonly hours: number;
  readonly formula: string;
  readonly terms: readonly ExplainTerm[];
}

function heldTerms(facts: RowFacts, part: Part): Held | null {
  const { row } = facts;
  switch (part) {
    case 'cpu':
      return row.rowKind === 'unallocated' ? spare(facts, 'cpu') : held(facts, 'cpu');
    case 'memory':
      return row.rowKind === 'unallocated' ? spare(facts, 'memory') : held(facts, 'memory');
    case 'storage':
      return volume(facts);
    case 'gpu':
      return gpus(facts);
    case 'network':
      return null;
  }
}

const RESOURCES = {
  cpu: { of: 'vCPU-hour', name: 'CPU', unit: 'mCPU', per: MILLICORES_PER_CORE, price: DEFAULT_PRICES.cpuCoreHour },
  memory: { of: 'GB-hour', name: 'Memory', unit: 'B', per: BYTES_PER_GB, price: DEFAULT_PRICES.memoryGbHour },
} as const;

function held({ row }: RowFacts, resource: 'cpu' | 'memory'): Held {
  const { of, name, unit, per, price } = RESOURCES[resource];
  const request = resource === 'cpu' ? row.cpuRequestMillicores : row.memoryRequestBytes;
  const use = resource === 'cpu' ? row.cpuUsageMillicores : row.memoryUsageBytes;
  const hours = row.durationSeconds / SECONDS_PER_HOUR;
  const at = { known: 'measured', atSeconds: row.startSeconds } as const;
  return {
    of,
    defaultPrice: price,
    hours: (Math.max(request, use) / per) * hours,
    formula: `max(request, use) ÷ ${per} × hours`,
    terms: [
      term('request', `${name} requested, mean of the window`, request, unit, {
        source: 'Kubernetes: requests',
        ...at,
      }),
      term('use', `${name} used, mean of the window`, use, unit, { source: 'Usage of the window', ...at }),
      hoursTerm(hours),
    ],
  };
}

/** What the node could give and nobody held. */
function spare({ nodeRows, nodeWindow, row }: RowFacts, resource: 'cpu' | 'memory'): Held | null {
  if (nodeWindow === null) return null;
  const { of, name, unit, per, price } = RESOURCES[resource];
  const allocatable = resource === 'cpu' ? nodeWindow.cpuAllocatableMillicores : nodeWindow.memoryAllocatableBytes;
  const existed = nodeWindow.existedSeconds / SECONDS_PER_HOUR;
  let taken = 0;
  for (const each of nodeRows) {
    if (each.rowKind !== 'pod') continue;
    const [request, use] =
      resource === 'cpu'
        ? [each.cpuRequestMillicores, each.cpuUsageMillicores]
        : [each.memoryRequestBytes, each.memoryUsageBytes];
    taken += (Math.max(request, use) / per) * (each.durationSeconds / SECONDS_PER_HOUR);
  }
  const at = { known: 'measured', atSeconds: row.startSeconds } as const;
  return {
    of,
    defaultPrice: price,
    hours: Math.max(0, (allocatable / per) * existed - taken),
    formula: `max(0, allocatable ÷ ${per} × hours − held)`,
    terms: [
      term('allocatable', `${name} that the node can give`, allocatable, unit, {
        source: 'Kubernetes: allocatable',
        ...at,
      }),
      hoursTerm(existed),
      term('held', `${of}s that pods pay for`, taken, 'h', { source: 'Rows of the node in this window', ...at }),
    ],
  };
}

function volume({ row }: RowFacts): Held | null {
  if (row.storageRequestBytes === null) return null;
  const hours = row.durationSeconds / SECONDS_PER_HOUR;
  return {
    of: 'GB-hour of storage',
    defaultPrice: DEFAULT_PRICES.storageGbHour,
    hours: (row.storageRequestBytes / BYTES_PER_GB) * hours,
    formula: `size ÷ ${BYTES_PER_GB} × hours`,
    terms: [
      term('size', 'Requested size, mean of the window', row.storageRequestBytes, 'B', {
        source: 'Kubernetes: persistent volume claim',
        known: 'measured',
        atSeconds: row.startSeconds,
      }),
      hoursTerm(hours),
    ],
  };
}

/** Cards by the price that all cards of the node were counted at: the number that one row held is not stored. */
function gpus({ row, nodeRows, nodeWindow }: RowFacts): Held | null {
  if (nodeWindow === null || nodeWindow.gpuCount === 0) return null;
  const cardHours = (nodeWindow.gpuCount * nodeWindow.existedSeconds) / SECONDS_PER_HOUR;
  const all = nodeRows.reduce((sum, each) => sum + each.costGpu, 0);
  const isByPrices = nodeRows.every(({ sources }) => sources.cost !== 'opencost');
  if (all <= 0 || cardHours <= 0 || !isByPrices) return null;
  const hours = (row.costGpu / all) * cardHours;
  return {
    of: 'GPU-hour',
    defaultPrice: DEFAULT_PRICES.gpuHour,
    hours,
    formula: 'card_hours',
    terms: [
      term('card_hours', 'GPU-hours held', hours, 'h', {
        source: 'Kubernetes: requests',
        known: 'measured',
        atSeconds: row.startSeconds,
      }),
    ],
  };
}

function hoursTerm(hours: number): ExplainTerm {
  return term('hours', 'Hours of the window', hours, 'h', { source: 'Window', known: 'measured' });
}
