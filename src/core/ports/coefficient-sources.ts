import type { EmbodiedValue, IntensityValue, PowerCurve, PueValue, UnitPrices } from '../../model/coefficients.ts';
import type { NodeDescription } from '../../model/inventory.ts';
import type { EpochSeconds } from '../../model/time.ts';

/** Power curve of a node, by the ladder of METHODOLOGY 1.1. Never fails: the last rung is generic. */
export interface PowerCurveSource {
  curveFor(node: NodeDescription): Promise<PowerCurve>;
}

/** PUE of a node's provider and region, METHODOLOGY 0.8. */
export interface PueSource {
  pueFor(node: NodeDescription): Promise<PueValue>;
}

/** Grid zone of a node and the intensity of that zone at a time, METHODOLOGY 0.9 and 1.9. */
export interface GridIntensitySource {
  zoneFor(node: NodeDescription): Promise<GridZone>;
  intensityFor(zone: GridZone, atSeconds: EpochSeconds): Promise<IntensityValue>;
}

export interface GridZone {
  /** Electricity Maps zone key, for example `FR` or `SE-SE3`; `WORLD` where nothing is known. */
  readonly zone: string;
  readonly countryCode: string | null;
  /** How the zone was found, for explanations. */
  readonly foundBy: 'person' | 'region' | 'unknown';
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
}

/** What a person set for one cluster (or for all); null means: take it from the tables. */
export interface CoefficientOverrides {
  readonly pue: number | null;
  readonly zone: string | null;
  readonly defaultIntensityGramsPerKwh: number | null;
  readonly prices: Partial<Omit<UnitPrices, 'source' | 'factor'>> | null;
}
