import { BACKFILL_WINDOW_SECONDS, LIVE_WINDOW_SECONDS } from '../../model/time.ts';
import type { GreenKubeRow } from '../ports/greenkube-source.ts';

/** Fields that are a level, kept as a mean over time. */
const LEVELS = [
  'cpuRequestMillicores',
  'memoryRequestBytes',
  'cpuUsageMillicores',
  'memoryUsageBytes',
  'gpuUsageMillicores',
  'ephemeralStorageRequestBytes',
  'ephemeralStorageUsageBytes',
] as const satisfies readonly (keyof GreenKubeRow)[];
/** Fields that are a flow a second, kept as what flowed. */
const FLOWS = [
  'networkReceiveBytesPerSecond',
  'networkTransmitBytesPerSecond',
  'diskReadBytesPerSecond',
  'diskWriteBytesPerSecond',
] as const satisfies readonly (keyof GreenKubeRow)[];

type Level = (typeof LEVELS)[number];
type Flow = (typeof FLOWS)[number];

/** Most reasons of GreenKube that one row keeps. */
const MOST_REASONS = 8;

/** What one pod on one node has in one window: the samples that fell into it, added up. */
export class PodSums {
  /** The newest sample; names and places are its. */
  latest: GreenKubeRow;
  seconds = 0;
  joules = 0;
  co2eGrams = 0;
  embodiedCo2eGrams = 0;
  totalCost = 0;
  readonly reasons = new Set<string>();
  #pueJoules = 0;
  #intensityJoules = 0;
  readonly #products = new Map<Level | Flow, number>();

  constructor(first: GreenKubeRow) {
    this.latest = first;
    this.add(first);
  }

  add(row: GreenKubeRow): void {
    const seconds = secondsOf(row);
    this.latest = row;
    this.seconds += seconds;
    this.joules += row.joules;
    this.co2eGrams += row.co2eGrams;
    this.embodiedCo2eGrams += row.embodiedCo2eGrams ?? 0;
    this.totalCost += row.totalCost;
    this.#pueJoules += row.pue * row.joules;
    this.#intensityJoules += row.gridIntensity * row.joules;
    for (const field of [...LEVELS, ...FLOWS]) {
      const value = row[field];
      if (value !== null) this.#products.set(field, (this.#products.get(field) ?? 0) + value * seconds);
    }
    for (const reason of row.estimationReasons) {
      if (this.reasons.size < MOST_REASONS) this.reasons.add(reason);
    }
  }

  /** Weighted by energy, so that joules × PUE stays what it was. */
  get pue(): number {
    return this.joules > 0 ? this.#pueJoules / this.joules : this.latest.pue;
  }

  get gridIntensity(): number {
    return this.joules > 0 ? this.#intensityJoules / this.joules : this.latest.gridIntensity;
  }

  /** Mean over the window; null where no sample had it. Samples that stand for more than the window share it. */
  mean(field: Level, windowSeconds: number): number | null {
    const product = this.#products.get(field);
    return product === undefined ? null : product / Math.max(windowSeconds, this.seconds);
  }

  /** What flowed; 0 where no sample had it. */
  total(field: Flow): number {
    return this.#products.get(field) ?? 0;
  }
}

/** GreenKube's own step is five minutes; an hourly line that does not say stands for its samples, an hour at most. */
function secondsOf({ origin, durationSeconds, samples }: GreenKubeRow): number {
  if (durationSeconds !== null && durationSeconds > 0) return durationSeconds;
  if (origin === 'raw') return LIVE_WINDOW_SECONDS;
  return Math.min(BACKFILL_WINDOW_SECONDS, samples * LIVE_WINDOW_SECONDS);
}
