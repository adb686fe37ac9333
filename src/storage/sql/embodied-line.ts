import * as z from 'zod';
import type { CachedEmbodied } from '../../core/ports/science-stores.ts';
import { isoOf, secondsOf } from './instants.ts';

/** Columns of `embodied_cache`; the first two are its key. */
export const EMBODIED_COLUMNS = [
  'provider',
  'instance_type',
  'gwp_manufacture',
  'gwp_manufacture_low',
  'gwp_manufacture_high',
  'lifespan_hours',
  'source',
  'last_updated',
  'expires_at',
] as const;

type EmbodiedLine = Readonly<Record<(typeof EMBODIED_COLUMNS)[number], string | number | null>>;

/** A remembered answer as a line of `embodied_cache`, or a document with its columns. */
export function embodiedLine(entry: CachedEmbodied): EmbodiedLine {
  return {
    provider: entry.provider,
    instance_type: entry.instanceType,
    gwp_manufacture: entry.kilograms,
    gwp_manufacture_low: entry.lowKilograms,
    gwp_manufacture_high: entry.highKilograms,
    lifespan_hours: entry.lifespanHours,
    source: entry.source,
    last_updated: isoOf(entry.updatedAtSeconds),
    expires_at: isoOf(entry.expiresAtSeconds),
  };
}

const Line = z.object({
  provider: z.string(),
  instance_type: z.string(),
  gwp_manufacture: z.number().nullable(),
  gwp_manufacture_low: z.number().nullable().default(null),
  gwp_manufacture_high: z.number().nullable().default(null),
  lifespan_hours: z.number().nullable(),
  source: z.string(),
  last_updated: z.string(),
  expires_at: z.string().nullable(),
});

/** The reverse of `embodiedLine`; a line without an expiry has run out. */
export function cachedEmbodiedOf(line: unknown): CachedEmbodied {
  const row = Line.parse(line);
  return {
    provider: row.provider,
    instanceType: row.instance_type,
    kilograms: row.gwp_manufacture,
    lowKilograms: row.gwp_manufacture_low,
    highKilograms: row.gwp_manufacture_high,
    lifespanHours: row.lifespan_hours,
    updatedAtSeconds: secondsOf(row.last_updated),
    expiresAtSeconds: secondsOf(row.expires_at ?? row.last_updated),
    source: row.source,
  };
}
