import type { YearlyIntensity } from '../../core/carbon/choose-intensity.ts';
import type { GridYearRow, RegionRow, ZoneYearRow } from './schemas.ts';

export type YearsByPlace = ReadonlyMap<string, readonly YearlyIntensity[]>;

/** Yearly lifecycle values of Electricity Maps' zones; the file gives no range. */
export function indexZoneYears(rows: readonly ZoneYearRow[]): YearsByPlace {
  return grouped(
    rows.map((row) => [row.zone, { year: row.year, gramsPerKwh: row.gco2e_per_kwh, low: null, high: null }] as const),
  );
}

/** Yearly lifecycle values of countries; direct factors and a cloud's regions are another thing and left out. */
export function indexCountryYears(rows: readonly GridYearRow[]): YearsByPlace {
  return grouped(
    rows
      .filter((row) => row.scope === 'country' && row.emission_factor_type === 'lifecycle')
      .map(
        (row) =>
          [
            row.zone,
            {
              year: row.year,
              gramsPerKwh: row.gco2e_per_kwh,
              low: row.low_gco2e_per_kwh,
              high: row.high_gco2e_per_kwh,
            },
          ] as const,
      ),
  );
}

/**
 * Yearly direct values by grid zone: the mean of the latest year of the cloud regions in it. They are published by region,
 * but are of the grid there.
 */
export function indexDirectYears(rows: readonly GridYearRow[], regions: readonly RegionRow[]): YearsByPlace {
  const zoneOf = new Map(regions.map((row) => [`${row.provider}:${row.region_id}`, row.electricity_maps_zone]));
  const byYear = new Map<string, Map<number, GridYearRow[]>>();
  for (const row of rows) {
    const zone = zoneOf.get(row.zone);
    if (row.scope !== 'cloud_region' || row.emission_factor_type !== 'direct' || zone === undefined) continue;
    const years = byYear.get(zone) ?? new Map<number, GridYearRow[]>();
    byYear.set(zone, years.set(row.year, [...(years.get(row.year) ?? []), row]));
  }
  return new Map(
    [...byYear].map(([zone, years]) => [zone, [...years].map(([year, values]) => ({ year, ...meanOf(values) }))]),
  );
}

function meanOf(rows: readonly GridYearRow[]): Omit<YearlyIntensity, 'year'> {
  const mean = rows.reduce((sum, row) => sum + row.gco2e_per_kwh, 0) / rows.length;
  const ends = rows.flatMap((row) => [row.low_gco2e_per_kwh, row.gco2e_per_kwh, row.high_gco2e_per_kwh]);
  const known = ends.filter((end) => end !== null);
  return { gramsPerKwh: mean, low: Math.min(...known), high: Math.max(...known) };
}

function grouped(pairs: readonly (readonly [string, YearlyIntensity])[]): YearsByPlace {
  const byPlace = new Map<string, YearlyIntensity[]>();
  for (const [place, value] of pairs) {
    const values = byPlace.get(place);
    if (values === undefined) byPlace.set(place, [value]);
    else values.push(value);
  }
  return byPlace;
}
