import type { EnergyParts } from '../../contract/schemas/figures.ts';
import type { Timeseries } from '../../contract/schemas/metrics.ts';
import { findGaps, shapeBuckets } from './buckets.ts';
import type { GroupKind } from './groups.ts';
import { type Paint, SYSTEM_PAINT, UNALLOCATED_PAINT } from './paint.ts';
import type { StackBucket, StackData, StackSeries } from './stack.ts';

/** What a node's power goes to, from the floor up: the order of bars, areas, legends and tables. */
export interface PowerPart {
  readonly key: keyof EnergyParts;
  readonly label: string;
  readonly longLabel: string;
  readonly kind: GroupKind;
  readonly paint: Paint;
}

export const POWER_PARTS: readonly PowerPart[] = [
  {
    key: 'dynamic_joules',
    label: 'Dynamic',
    longLabel: 'Dynamic',
    kind: 'named',
    paint: { colour: 'var(--power-dynamic)', hatched: false },
  },
  {
    key: 'idle_joules',
    label: 'Idle',
    longLabel: 'Idle, reserved',
    kind: 'named',
    paint: { colour: 'var(--power-idle)', hatched: false },
  },
  { key: 'system_joules', label: 'System', longLabel: 'System', kind: 'system', paint: SYSTEM_PAINT },
  {
    key: 'unallocated_joules',
    label: 'Unallocated',
    longLabel: 'Unallocated',
    kind: 'unallocated',
    paint: UNALLOCATED_PAINT,
  },
];

export function partsTotal(parts: EnergyParts): number {
  return POWER_PARTS.reduce((sum, part) => sum + parts[part.key], 0);
}

/** Shares of 1 in the order of `POWER_PARTS`; null without energy. */
export function partShares(parts: EnergyParts): readonly number[] | null {
  const total = partsTotal(parts);
  return total > 0 ? POWER_PARTS.map((part) => parts[part.key] / total) : null;
}

export function addParts(all: readonly EnergyParts[]): EnergyParts {
  const sum = (key: keyof EnergyParts): number => all.reduce((total, parts) => total + parts[key], 0);
  return {
    dynamic_joules: sum('dynamic_joules'),
    idle_joules: sum('idle_joules'),
    system_joules: sum('system_joules'),
    unallocated_joules: sum('unallocated_joules'),
  };
}

/** Mean watts over the collected seconds; null where nothing was collected. */
export function meanWatts(joules: number, coveredSeconds: number): number | null {
  return coveredSeconds > 0 ? joules / coveredSeconds : null;
}

/** Wire answer (not grouped) → power by part: watts, mean of the collected seconds of each bucket. IT power, before PUE. */
export function shapePower(answer: Timeseries): StackData {
  const points = new Map(answer.timeseries.map((point) => [Date.parse(point.timestamp), point]));
  const buckets = shapeBuckets(answer.buckets);
  const watts = (joules: number | undefined, covered: number): number | null => meanWatts(joules ?? 0, covered);
  const columns = buckets.map((bucket): StackBucket => {
    const point = points.get(bucket.startMs);
    const covered = bucket.coveredSeconds;
    return {
      ...bucket,
      total: watts(point === undefined ? 0 : partsTotal(point.parts), covered),
      low: watts(point?.energy_low_joules, covered),
      high: watts(point?.energy_high_joules, covered),
      previous: null,
    };
  });
  const series = POWER_PARTS.map(
    (part): StackSeries => ({
      key: part.key,
      label: part.longLabel,
      kind: part.kind,
      paint: part.paint,
      values: buckets.map((bucket) => watts(points.get(bucket.startMs)?.parts[part.key], bucket.coveredSeconds)),
    }),
  );
  const covered = buckets.reduce((sum, bucket) => sum + bucket.coveredSeconds, 0);
  const joules = partsTotal(addParts([...points.values()].map((point) => point.parts)));
  return {
    kind: 'power',
    name: 'Power',
    series,
    buckets: columns,
    gaps: findGaps(buckets),
    total: meanWatts(joules, covered) ?? 0,
  };
}
