import type { Recommendation } from '../../model/recommendations/recommendation.ts';

/** What a day of the target was, as the roll-ups have it; IT joules. */
export interface DaySums {
  readonly podHours: number;
  readonly joules: number;
  readonly joulesDynamic: number;
  readonly co2eGrams: number;
  readonly totalCost: number;
  readonly cpuMillicoreSeconds: number;
}

/** How a change is measured: what may be compared depends on what it changes. */
export interface Yardstick {
  /** `nothing`: a smaller request stops no energy by itself. `dynamic`: of what is switched off. `whole`: of a cluster whose nodes go. */
  readonly energy: 'nothing' | 'dynamic' | 'whole';
  /** What days are made alike by before they are compared; null where the change itself is in it. */
  readonly load: 'pod-hours' | 'cpu' | null;
}

export function yardstickOf({ type, scope }: Pick<Recommendation, 'type' | 'scope'>): Yardstick {
  switch (type) {
    case 'RIGHTSIZING_CPU':
    case 'RIGHTSIZING_MEMORY':
    case 'MISSING_REQUESTS':
      return { energy: 'nothing', load: 'pod-hours' };
    case 'CARBON_AWARE_SCHEDULING':
      return { energy: 'dynamic', load: null };
    case 'ZOMBIE_POD':
    case 'IDLE_NAMESPACE':
    case 'AUTOSCALING_CANDIDATE':
    case 'OFF_PEAK_SCALING':
      return { energy: scope === 'cluster' ? 'whole' : 'dynamic', load: null };
    case 'OVERPROVISIONED_NODE':
    case 'UNDERUTILIZED_NODE':
    case 'CONSOLIDATE_NODES':
      return { energy: 'whole', load: 'cpu' };
  }
}

/** Load after over load before; 1 where it is not known or does not count. */
export function loadRatio(before: readonly DaySums[], after: readonly DaySums[], { load }: Yardstick): number {
  if (load === null) return 1;
  const of = (day: DaySums) => (load === 'cpu' ? day.cpuMillicoreSeconds : day.podHours);
  const [first, second] = [sumOf(before, of), sumOf(after, of)];
  return first > 0 && second > 0 ? second / first : 1;
}

/** gCO2e a J of both times together, PUE in it: a change of the grid cancels. */
export function gramsPerJoule(days: readonly DaySums[]): number {
  const joules = sumOf(days, (day) => day.joules);
  return joules > 0 ? sumOf(days, (day) => day.co2eGrams) / joules : 0;
}

export interface Saved {
  readonly co2eGrams: number;
  readonly cost: number;
}

/** What the day after took less than the day before, had the load been the same. Negative: more. */
export function savedBetween(
  before: DaySums,
  after: DaySums,
  by: { readonly yardstick: Yardstick; readonly ratio: number; readonly gramsPerJoule: number },
): Saved {
  const { yardstick, ratio } = by;
  const isWhole = yardstick.energy === 'whole';
  // The money of nodes does not follow their load.
  const cost = before.totalCost * (isWhole ? 1 : ratio) - after.totalCost;
  return { cost, co2eGrams: joulesLess(before, after, yardstick, ratio) * by.gramsPerJoule };
}

/** Moved to cleaner hours a job takes the same energy: its own grams are what changes. */
export function savedByShift(before: DaySums, after: DaySums): Saved {
  const perJoule = (day: DaySums) => (day.joules > 0 ? day.co2eGrams / day.joules : 0);
  const co2eGrams = (perJoule(before) - perJoule(after)) * after.joules;
  return { co2eGrams: after.joules > 0 && before.joules > 0 ? co2eGrams : 0, cost: 0 };
}

function joulesLess(before: DaySums, after: DaySums, { energy }: Yardstick, ratio: number): number {
  switch (energy) {
    case 'nothing':
      return 0;
    case 'dynamic':
      return before.joulesDynamic * ratio - after.joulesDynamic;
    case 'whole':
      return before.joules - before.joulesDynamic + before.joulesDynamic * ratio - after.joules;
  }
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
