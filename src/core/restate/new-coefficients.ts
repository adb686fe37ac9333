import type { NodeCoefficients } from '../../model/coefficients.ts';

/** What a node's figures are computed with now; power stays as it was, since joules do. */
export interface PlaceCoefficients {
  readonly coefficients: Pick<
    NodeCoefficients,
    'pue' | 'intensity' | 'embodied' | 'prices' | 'market' | 'direct' | 'gpu' | 'zoneFlags'
  >;
  /** Electricity Maps zone. */
  readonly emapsZone: string;
}

/** Where the energy of a row was drawn: a node, or the place of a volume. */
export interface RestatedPlace {
  /** Empty for volumes. */
  readonly node: string;
  readonly provider: string;
  readonly nodeZone: string | null;
  readonly emapsZone: string;
}
