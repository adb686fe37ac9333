import type { Factor } from './bounds.ts';
import type { FactorType } from './grid.ts';
import type { CostSource, EmbodiedSource, GpuSource, IntensitySource, PowerSource, PueSource } from './sources.ts';
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
  readonly factorType: FactorType;
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
  /** What the source warns of, in plain words; left out where it doesn't. */
  readonly flags?: readonly string[];
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

/** The cards of a node. The node's curve is without them. */
export interface GpuCoefficients {
  readonly model: string | null;
  readonly tdpWatts: number;
  /** False where the model is unknown and a general TDP was taken. */
  readonly isKnown: boolean;
  /** Cards that the machine's type has; left out where its type is not known to have any: the node's own count holds then. */
  readonly cardCount?: number;
  readonly factors: Readonly<Record<Exclude<GpuSource, 'none'>, Factor>>;
}

/** What a supply contract says of the electricity that it covers, and of the rest. METHODOLOGY 1.11. */
export interface SupplyContract {
  /** Share of the energy that the contract covers, 0 to 1. */
  readonly share: number;
  readonly contractGramsPerKwh: number;
  /** Residual mix: what is left once all contracts are taken out; null takes the location-based intensity. */
  readonly residualGramsPerKwh: number | null;
  readonly source: 'person' | 'gcp-cfe';
}

/** How a persistent volume takes energy. METHODOLOGY 1.4. */
export interface VolumeCoefficient {
  readonly medium: 'ssd' | 'hdd';
  readonly wattHoursPerTerabyteHour: number;
  readonly replication: number;
  readonly factor: Factor;
  /** What was assumed, in plain words; empty if nothing was. */
  readonly flags: readonly string[];
}

/** All that turns a node's facts into joules, grams and money. */
export interface NodeCoefficients {
  readonly curve: PowerCurve;
  readonly pue: PueValue;
  readonly intensity: IntensityValue;
  readonly embodied: EmbodiedValue;
  readonly prices: UnitPrices;
  /** Left out on nodes without cards. */
  readonly gpu?: GpuCoefficients;
  readonly market?: SupplyContract;
  /** Intensity by direct factors, for own hardware (scope 2); left out for clouds and where none is known. */
  readonly direct?: IntensityValue;
  /** What was assumed of the grid zone, in plain words; left out where nothing was. */
  readonly zoneFlags?: readonly string[];
}
