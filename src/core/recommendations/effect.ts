import type { Interval } from '../../model/bounds.ts';
import type { UnitPrices } from '../../model/coefficients.ts';
import { BYTES_PER_GB, MILLICORES_PER_CORE, SECONDS_PER_HOUR } from '../units.ts';
import type { HourlyUsage } from './usage-lines.ts';

/** A share of 0 to 1 for an hour of the range. */
export type ShareOfHour = (hour: number) => number;

/** What a finding takes away, hour by hour, of what the workload was charged with. */
export interface Effect {
  /** Of the dynamic energy: what is switched off. */
  readonly energy: ShareOfHour;
  /** Of the carbon of the dynamic energy: as `energy`, or more where work moves to cleaner hours. */
  readonly carbon: ShareOfHour;
  /** True where the carbon saved is certain to be there; else its range starts at 0. */
  readonly isSure: boolean;
  /** Where the share of the carbon has a range of its own; left out: it is `carbon`. */
  readonly carbonRange?: { readonly low: ShareOfHour; readonly high: ShareOfHour };
  /** Of the money for CPU, for memory and for the rest (GPUs, network). */
  readonly cpuMoney: ShareOfHour;
  readonly memoryMoney: ShareOfHour;
  readonly otherMoney: ShareOfHour;
}

const nothing: ShareOfHour = () => 0;

export const NO_EFFECT: Effect = {
  energy: nothing,
  carbon: nothing,
  isSure: true,
  cpuMoney: nothing,
  memoryMoney: nothing,
  otherMoney: nothing,
};

/** The workload is off in these hours (share 1) or a part of it is. */
export function switchedOff(share: ShareOfHour): Effect {
  return { energy: share, carbon: share, isSure: true, cpuMoney: share, memoryMoney: share, otherMoney: share };
}

/** A day of what an effect takes away. */
export interface Gain {
  readonly co2eGrams: Interval;
  readonly joules: number;
  /** Attributed money of what is freed: the most that the bill can fall, once nodes go. */
  readonly money: number;
}

const PARTS = ['energy', 'carbon', 'cpuMoney', 'memoryMoney', 'otherMoney'] as const;
type Part = (typeof PARTS)[number];

/** What remains of a workload's hours while effects are applied one after another: nothing is taken away twice. */
export class Remaining {
  readonly #usage: HourlyUsage;
  readonly #days: number;
  readonly #money: HourlyMoney;
  readonly #left: Readonly<Record<Part, Float64Array>>;

  constructor(usage: HourlyUsage, prices: UnitPrices, days: number) {
    const whole = () => new Float64Array(usage.hours).fill(1);
    this.#usage = usage;
    this.#days = days;
    this.#money = hourlyMoney(usage, prices);
    this.#left = { energy: whole(), carbon: whole(), cpuMoney: whole(), memoryMoney: whole(), otherMoney: whole() };
  }

  /** Takes an effect away from what is left; the answer is per day. */
  take(effect: Effect): Gain {
    const dynamic = this.#usage.column('joulesDynamic');
    const carbon = dynamicCarbon(this.#usage);
    const central = this.#of(carbon.central, 'carbon', effect.carbon);
    const range = effect.carbonRange ?? { low: effect.carbon, high: effect.carbon };
    const low = effect.isSure ? this.#of(carbon.low, 'carbon', range.low) : 0;
    const high = this.#of(carbon.high, 'carbon', range.high);
    const gain = {
      co2eGrams: { central, low: Math.min(low, central), high: Math.max(high, central) },
      joules: this.#of(dynamic, 'energy', effect.energy),
      money:
        this.#of(this.#money.cpu, 'cpuMoney', effect.cpuMoney) +
        this.#of(this.#money.memory, 'memoryMoney', effect.memoryMoney) +
        this.#of(this.#money.other, 'otherMoney', effect.otherMoney),
    };
    for (const part of PARTS) {
      const left = this.#left[part];
      for (const [hour, value] of left.entries()) left[hour] = value * (1 - inUnit(effect[part](hour)));
    }
    return gain;
  }

  #of(values: Float64Array, part: Part, share: ShareOfHour): number {
    const left = this.#left[part];
    let total = 0;
    for (let hour = 0; hour < values.length; hour += 1) {
      const value = values[hour] ?? Number.NaN;
      if (value > 0) total += value * (left[hour] ?? 0) * inUnit(share(hour));
    }
    return this.#days > 0 ? total / this.#days : 0;
  }
}

function inUnit(share: number): number {
  return share > 0 ? Math.min(1, share) : 0;
}

/** Carbon of the dynamic energy of each hour, by the hour's own intensity, PUE and range. */
function dynamicCarbon(usage: HourlyUsage): { central: Float64Array; low: Float64Array; high: Float64Array } {
  const joules = usage.column('joules');
  const share = usage.column('joulesDynamic').map((dynamic, hour) => {
    const all = joules[hour] ?? 0;
    return all > 0 ? inUnit(dynamic / all) : 0;
  });
  const of = (name: 'co2eGrams' | 'co2eLowGrams' | 'co2eHighGrams') =>
    usage.column(name).map((grams, hour) => grams * (share[hour] ?? 0));
  return { central: of('co2eGrams'), low: of('co2eLowGrams'), high: of('co2eHighGrams') };
}

interface HourlyMoney {
  readonly cpu: Float64Array;
  readonly memory: Float64Array;
  readonly other: Float64Array;
}

/**
 * The stored cost of each hour, split: CPU and memory by their unit prices × max(request, use), the rest is other. Where
 * the prices alone would be more than what was stored, both are scaled down to it.
 */
export function hourlyMoney(usage: HourlyUsage, prices: UnitPrices): HourlyMoney {
  const total = usage.column('totalCost');
  const cpu = billed(usage, 'cpuRequestMillicoreSeconds', 'cpuUsageMillicoreSeconds').map(
    (seconds) => (prices.cpuCoreHour * seconds) / MILLICORES_PER_CORE / SECONDS_PER_HOUR,
  );
  const memory = billed(usage, 'memoryRequestByteSeconds', 'memoryUsageByteSeconds').map(
    (seconds) => (prices.memoryGbHour * seconds) / BYTES_PER_GB / SECONDS_PER_HOUR,
  );
  const other = new Float64Array(usage.hours);
  for (let hour = 0; hour < usage.hours; hour += 1) {
    const whole = total[hour] ?? 0;
    const priced = (cpu[hour] ?? 0) + (memory[hour] ?? 0);
    const scale = priced > whole ? Math.max(0, whole) / priced : 1;
    cpu[hour] = (cpu[hour] ?? 0) * scale;
    memory[hour] = (memory[hour] ?? 0) * scale;
    other[hour] = Math.max(0, whole - priced);
  }
  return { cpu, memory, other };
}

type Reserved = 'cpuRequestMillicoreSeconds' | 'memoryRequestByteSeconds';
type Used = 'cpuUsageMillicoreSeconds' | 'memoryUsageByteSeconds';

function billed(usage: HourlyUsage, reserved: Reserved, used: Used): Float64Array {
  const use = usage.column(used);
  return usage.column(reserved).map((value, hour) => Math.max(value, use[hour] ?? Number.NaN));
}

/**
 * The share of an hour's money for a resource that a smaller request frees: what is billed now, at the request of today,
 * less max(new request, use). A request that was larger earlier in the range is not counted as saved again.
 */
export function freedShare(
  usage: HourlyUsage,
  resource: 'cpu' | 'memory',
  podNow: number,
  podProposed: number,
): ShareOfHour {
  const reserved = usage.column(resource === 'cpu' ? 'cpuRequestMillicoreSeconds' : 'memoryRequestByteSeconds');
  const used = usage.column(resource === 'cpu' ? 'cpuUsageMillicoreSeconds' : 'memoryUsageByteSeconds');
  const pods = usage.column('podCount');
  return (hour) => {
    const request = reserved[hour] ?? 0;
    const use = used[hour] ?? 0;
    const podSeconds = (pods[hour] ?? 0) * SECONDS_PER_HOUR;
    const today = Math.min(request, podSeconds * podNow);
    const then = podNow > 0 ? today * (podProposed / podNow) : today;
    const paid = Math.max(request, use);
    return paid > 0 ? (Math.max(today, use) - Math.max(then, use)) / paid : 0;
  };
}
