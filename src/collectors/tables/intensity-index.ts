import type { YearlyIntensity } from '../../core/carbon/choose-intensity.ts';
import type { GridYearRow, ZoneYearRow } from './schemas.ts';

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

function grouped(pairs: readonly (readonly [string, YearlyIntensity])[]): YearsByPlace {
  const byPlace = new Map<string, YearlyIntensity[]>();
  for (const [place, value] of pairs) {
    const values = byPlace.get(place);
    if (values === undefined) byPlace.set(place, [value]);
    else values.push(value);
  }
  return byPlace;
}
