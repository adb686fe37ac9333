import type { Factor } from './bounds.ts';
import type { CostSource, EmbodiedSource, IntensitySource, PowerSource, PueSource } from './sources.ts';
import type { EpochSeconds } from './time.ts';

/** Watts of a whole node at 0, 10, 50 and 100 % CPU; piecewise linear between. */
export type CurvePoints = readonly [number, number, number, number];

export interface PowerCurve {
  /** Stable name that an explanation can show, for example `aws/m5.large/teads`. */
  readonly id: string;
  readonly watts: CurvePoints;
  readonly source: PowerSource;
  readonly factor: Factor;
  /** Watts of P0 that memory above the baseline adds; information only, already inside `watts`. */
  readonly memoryWatts: number;
  /** Plain words where something was assumed (scaled vCPU, unknown type, …); empty if nothing was. */
  readonly flags: readonly string[];
}

export interface PueValue {
  readonly pue: number;
  readonly source: PueSource;
  readonly factor: Factor;
}

export interface IntensityValue {
  readonly gramsPerKwh: number;
  /** Electricity Maps zone, or the country, or `WORLD`. */
  readonly zone: string;
  readonly source: IntensitySource;
  readonly factorType: 'lifecycle' | 'direct';
  readonly factor: Factor;
  /** When the value is of: the hour of a live value, the start of the year of a yearly one. */
  readonly atSeconds: EpochSeconds | null;
}

/** Embodied emissions of a whole node over its whole life. */
export interface EmbodiedValue {
  readonly kilograms: number;
  readonly lifespanHours: number;
  readonly source: EmbodiedSource;
  readonly factor: Factor;
}

/** Money per hour of one vCPU, one GB (decimal) of memory, and so on, in `currency`. */
export interface UnitPrices {
  readonly cpuCoreHour: number;
  readonly memoryGbHour: number;
  readonly storageGbHour: number;
  readonly networkGb: number;
  readonly gpuHour: number;
  readonly currency: string;
  readonly source: CostSource;
  readonly factor: Factor;
}

/** All that turns a node's facts into joules, grams and money. */
export interface NodeCoefficients {
  readonly curve: PowerCurve;
  readonly pue: PueValue;
  readonly intensity: IntensityValue;
  readonly embodied: EmbodiedValue;
  readonly prices: UnitPrices;
}
