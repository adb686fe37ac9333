import type {
  EmbodiedValue,
  GpuCoefficients,
  IntensityValue,
  PowerCurve,
  PueValue,
  SupplyContract,
  UnitPrices,
  VolumeCoefficient,
} from '../../model/coefficients.ts';
import type { VolumeUsage } from '../../model/energy.ts';
import type { FactorType } from '../../model/grid.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** Power curve of a node, by the ladder of METHODOLOGY 1.1. Never fails: the last rung is generic. */
export interface PowerCurveSource {
  /** Without the node's GPUs where it has any (METHODOLOGY 1.3). */
  curveFor(node: NodeDescription): Promise<PowerCurve>;
  /** Null on nodes without GPUs. */
  gpuFor(node: NodeDescription): Promise<GpuCoefficients | null>;
  volumeFor(volume: VolumeUsage, place: NodeDescription): Promise<VolumeCoefficient>;
}

/** Contracts for market-based figures: the person's, else the published CFE share of a GCP region, else null. */
export interface ContractSource {
  contractFor(node: NodeDescription): Promise<SupplyContract | null>;
}

/** PUE of a node's provider and region, METHODOLOGY 0.8. */
export interface PueSource {
  pueFor(node: NodeDescription): Promise<PueValue>;
}

/** Grid zone of a node and the intensity of that zone at a time, METHODOLOGY 0.9 and 1.9. */
export interface GridIntensitySource {
  zoneFor(node: NodeDescription): Promise<GridZone>;
  intensityFor(zone: GridZone, atSeconds: EpochSeconds): Promise<IntensityValue>;
  /** The same by direct factors, for scope 2 of own hardware; null where no source has them. */
  directFor(zone: GridZone, atSeconds: EpochSeconds): Promise<IntensityValue | null>;
}

export interface GridZone {
  /** Electricity Maps zone key, for example `FR` or `SE-SE3`; `WORLD` where nothing is known. */
  readonly zone: string;
  readonly countryCode: string | null;
  /** How the zone was found, for explanations. `country`: the region is not known, but its name begins with its country. */
  readonly foundBy: 'person' | 'region' | 'country' | 'unknown';
}

/** Embodied emissions of a node, METHODOLOGY 0.10 and 1.10. */
export interface EmbodiedSource {
  embodiedFor(node: NodeDescription): Promise<EmbodiedValue>;
}

/** Unit prices of a cluster, METHODOLOGY 0.12. */
export interface PriceSource {
  pricesFor(clusterId: string): Promise<UnitPrices>;
}

export interface CoefficientSources {
  readonly power: PowerCurveSource;
  readonly pue: PueSource;
  readonly grid: GridIntensitySource;
  readonly embodied: EmbodiedSource;
  readonly prices: PriceSource;
  readonly contracts: ContractSource;
  /** Names of node labels that answers depend on, besides place, type and size; left out where none is looked at. */
  readonly labels?: readonly string[];
}

/** What a person set for one cluster (or for all); null means: take it from the tables. */
export interface CoefficientOverrides {
  readonly pue: number | null;
  readonly zone: string | null;
  readonly defaultIntensityGramsPerKwh: number | null;
  readonly prices: Partial<Omit<UnitPrices, 'source' | 'factor'>> | null;
  readonly contract: Omit<SupplyContract, 'source'> | null;
  readonly factorType: FactorType;
  /** Of this cluster, in order; the first that matches a node wins over its region, and `zone` over all of them. */
  readonly zoneRules: readonly ZoneRule[];
}

/** Puts nodes into a grid zone by a label (node pool, data centre, …), a provider or a region. All that is given must match. */
export interface ZoneRule {
  readonly provider: string | null;
  readonly region: string | null;
  /** `name` alone asks for the label to be there, with a value also for that value. */
  readonly label: { readonly name: string; readonly value: string | null } | null;
  readonly zone: string;
}
