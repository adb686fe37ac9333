import type { Factor } from '../../model/bounds.ts';
import type { IntensityValue } from '../../model/coefficients.ts';
import type { EpochSeconds } from '../../model/time.ts';
import type { ProfileRow } from './schemas.ts';

/** Range of a zone's usual course of a day on its yearly mean. Source: METHODOLOGY 1.9. */
const PROFILE_FACTOR: Factor = { low: 0.7, high: 1.3 };

/** Intensity of an hour as a share of its year's mean, by zone and by `month/day type/hour` in UTC. */
export type ProfileIndex = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Profiles with a mean of 1 over their year: an hour counts as often as it was seen. Source: METHODOLOGY 0.9. */
export function indexProfiles(rows: readonly ProfileRow[]): ProfileIndex {
  const zones = new Map<string, ProfileRow[]>();
  for (const row of rows) {
    const known = zones.get(row.zone);
    if (known === undefined) zones.set(row.zone, [row]);
    else known.push(row);
  }
  return new Map([...zones].map(([zone, hours]) => [zone, sharesOf(hours)]));
}

/**
 * A yearly value given the shape of the day, month and kind of day of an instant; as it is for zones without a profile
 * and for values that are no zone's year.
 */
export function withProfile(index: ProfileIndex, yearly: IntensityValue, atSeconds: EpochSeconds): IntensityValue {
  if (yearly.source !== 'zone-year') return yearly;
  const at = new Date(atSeconds * 1000);
  const isWeekend = at.getUTCDay() === 0 || at.getUTCDay() === 6;
  const key = keyOf(at.getUTCMonth() + 1, isWeekend ? 'weekend' : 'weekday', at.getUTCHours());
  const share = index.get(yearly.zone)?.get(key);
  if (share === undefined) return yearly;
  const hour = Math.floor(atSeconds / 3600) * 3600;
  return {
    ...yearly,
    gramsPerKwh: yearly.gramsPerKwh * share,
    source: 'zone-profile',
    factor: PROFILE_FACTOR,
    atSeconds: hour,
  };
}

function sharesOf(rows: readonly ProfileRow[]): ReadonlyMap<string, number> {
  let grams = 0;
  let samples = 0;
  for (const row of rows) {
    grams += row.mean_gco2e_per_kwh * row.samples;
    samples += row.samples;
  }
  const mean = grams / samples;
  if (!(mean > 0)) return new Map();
  return new Map(rows.map((row) => [keyOf(row.month, row.day_type, row.hour_utc), row.mean_gco2e_per_kwh / mean]));
}

function keyOf(month: number, dayType: ProfileRow['day_type'], hour: number): string {
  return `${month}/${dayType}/${hour}`;
}
