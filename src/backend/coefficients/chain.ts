import type {
  CoefficientOverrides,
  CoefficientSources,
  GridIntensitySource,
} from '../../core/ports/coefficient-sources.ts';
import { withDefaultZone } from '../settings/coefficient-overrides.ts';
import type { BoaviztaDesk } from './boavizta-desk.ts';

/** What stands over the bundled tables; each part asks the one below it where it has nothing. */
export interface ChainParts {
  /** The tables, with what a person set over them. */
  readonly tables: (overrides: CoefficientOverrides) => CoefficientSources;
  /** Published intensities, over the yearly ones. */
  readonly liveGrid: (tables: GridIntensitySource) => GridIntensitySource;
  readonly boavizta: Pick<BoaviztaDesk, 'over'>;
}

/**
 * The sources of one context, from the most particular to the most general: what a person set, live services, bundled
 * tables, general values. A zone by default counts only where nothing else tells one, and has its live values too.
 */
export function coefficientChain(
  parts: ChainParts,
  overrides: CoefficientOverrides,
  defaultZone: string | null,
): CoefficientSources {
  const tables = parts.tables(overrides);
  const grid = parts.liveGrid(tables.grid);
  const embodied = parts.boavizta.over(tables.embodied);
  return withDefaultZone({ ...tables, grid, embodied }, defaultZone);
}
