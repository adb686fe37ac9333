import type { BoaviztaImpact } from '../../collectors/boavizta/boavizta.ts';
import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import type { EmbodiedValue } from '../../model/coefficients.ts';
import type { EpochSeconds } from '../../model/time.ts';

const DAY_SECONDS = 86_400;
export const KNOWN_TYPE_DAYS = 90;
export const UNKNOWN_TYPE_DAYS = 7;

/** A machine that weighs less than this share of what the tables say was answered for some hours, not for its life. */
const LEAST_SHARE_OF_TABLE = 0.01;

/** What is kept of an answer; null: Boavizta does not know the type, which is asked again sooner. */
export function entryOf(
  type: { readonly provider: string; readonly instanceType: string },
  impact: BoaviztaImpact | null,
  where: string,
  nowSeconds: EpochSeconds,
): CachedEmbodied {
  const days = impact === null ? UNKNOWN_TYPE_DAYS : KNOWN_TYPE_DAYS;
  return {
    ...type,
    kilograms: impact?.kilograms ?? null,
    lowKilograms: impact?.lowKilograms ?? null,
    highKilograms: impact?.highKilograms ?? null,
    lifespanHours: null,
    updatedAtSeconds: nowSeconds,
    expiresAtSeconds: nowSeconds + days * DAY_SECONDS,
    source: [`Boavizta at ${where}`, ...(impact?.warnings ?? [])].join('\n'),
  };
}

/** The rung of Boavizta; null where it has nothing of the type. How long a machine lives is the provider's, as in the tables. */
export function embodiedOf(entry: CachedEmbodied, table: EmbodiedValue): EmbodiedValue | null {
  const { kilograms, lowKilograms, highKilograms } = entry;
  if (kilograms === null || kilograms <= 0) return null;
  const [, ...warnings] = entry.source.split('\n');
  return {
    kilograms,
    lifespanHours: entry.lifespanHours ?? table.lifespanHours,
    source: 'boavizta',
    factor: {
      low: lowKilograms === null ? table.factor.low : Math.min(1, lowKilograms / kilograms),
      high: highKilograms === null ? table.factor.high : Math.max(1, highKilograms / kilograms),
    },
    ...(warnings.length === 0 ? {} : { flags: warnings.map((warning) => `Boavizta: ${warning}`) }),
  };
}

/**
 * True where the answer can't be that of a whole life: a service that is set to a `duration` of its own answers for so
 * many hours when it is asked without one.
 */
export function isShareOfLife(impact: BoaviztaImpact, table: EmbodiedValue): boolean {
  return impact.kilograms < table.kilograms * LEAST_SHARE_OF_TABLE;
}
