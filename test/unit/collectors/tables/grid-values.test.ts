import { beforeAll, describe, expect, test } from 'vitest';
import type { CoefficientTables } from '../../../../src/collectors/tables/index.ts';
import { indexDirectYears } from '../../../../src/collectors/tables/intensity-index.ts';
import { indexProfiles, withProfile } from '../../../../src/collectors/tables/profile-index.ts';
import type { GridYearRow, RegionRow } from '../../../../src/collectors/tables/schemas.ts';
import type { GridZone } from '../../../../src/core/ports/coefficient-sources.ts';
import { loadTables, MARCH_2026, nodeAt, sourcesOf } from './load.ts';

let tables: CoefficientTables;
beforeAll(async () => {
  tables = await loadTables();
});

const zoneOf = (zone: string): GridZone => ({ zone, countryCode: zone.slice(0, 2), foundBy: 'region' });

describe('the usual course of a day', () => {
  test('shapes the yearly mean of a zone that has one', async () => {
    const { grid } = sourcesOf(tables);
    const noon = await grid.intensityFor(zoneOf('US-CAL-CISO'), Date.UTC(2026, 2, 10, 20, 15) / 1000);
    const evening = await grid.intensityFor(zoneOf('US-CAL-CISO'), Date.UTC(2026, 2, 10, 3) / 1000);
    expect(noon).toMatchObject({ source: 'zone-profile', factor: { low: 0.7, high: 1.3 }, zone: 'US-CAL-CISO' });
    expect(noon.atSeconds).toBe(Date.UTC(2026, 2, 10, 20) / 1000);
    expect(noon.gramsPerKwh).toBeLessThan(evening.gramsPerKwh);
  });

  test('leaves other zones at their year', async () => {
    expect(await sourcesOf(tables).grid.intensityFor(zoneOf('FR'), MARCH_2026)).toMatchObject({ source: 'zone-year' });
  });

  test('keeps the mean of the year', async () => {
    const { grid } = sourcesOf(tables);
    for (const zone of ['US-CAL-CISO', 'US-TEX-ERCO']) {
      const yearly = (tables.zoneYears.get(zone) ?? []).find(({ year }) => year === 2022)?.gramsPerKwh ?? 0;
      let sum = 0;
      for (let hour = 0; hour < 8760; hour += 1) {
        sum += (await grid.intensityFor(zoneOf(zone), Date.UTC(2022, 0, 1, hour) / 1000)).gramsPerKwh;
      }
      expect(Math.abs(sum / 8760 / yearly - 1)).toBeLessThan(0.01);
    }
  });

  test('is told by the month, the kind of day and the hour in UTC', () => {
    const row = { zone: 'Z', month: 1, day_type: 'weekday', hour_utc: 0, mean_gco2e_per_kwh: 100, samples: 1 } as const;
    const profile = indexProfiles([row, { ...row, day_type: 'weekend', mean_gco2e_per_kwh: 300 }]);
    const yearly = { gramsPerKwh: 50, zone: 'Z', source: 'zone-year', factorType: 'lifecycle' } as const;
    const value = { ...yearly, factor: { low: 0.6, high: 1.5 }, atSeconds: null };
    const at = (day: number, hour = 0) => withProfile(profile, value, Date.UTC(2026, 0, day, hour) / 1000);
    // 2026-01-02 is a Friday. The mean of the two is 200.
    expect(at(2)).toMatchObject({ gramsPerKwh: 25, source: 'zone-profile' });
    expect(at(3)).toMatchObject({ gramsPerKwh: 75 });
    expect(at(3, 1)).toBe(value);
    const country = { ...value, source: 'country-year' } as const;
    expect(withProfile(profile, country, Date.UTC(2026, 0, 2) / 1000)).toBe(country);
  });

  test('of nothing but zero is none', () => {
    const row = { zone: 'Z', month: 1, day_type: 'weekday', hour_utc: 0, mean_gco2e_per_kwh: 0, samples: 5 } as const;
    expect(indexProfiles([row]).get('Z')?.size).toBe(0);
  });
});

describe('direct factors', () => {
  test('are those published of the clouds that stand in the zone', async () => {
    const value = await sourcesOf(tables).grid.directFor(zoneOf('FR'), MARCH_2026);
    expect(value).toMatchObject({ factorType: 'direct', zone: 'FR', source: 'zone-year' });
    expect(value?.gramsPerKwh).toBeGreaterThan(0);
  });

  test('are null where none was published', async () => {
    expect(await sourcesOf(tables).grid.directFor(zoneOf('BF'), MARCH_2026)).toBeNull();
  });

  test('take the place of lifecycle ones where the person chose them and they are known', async () => {
    const { grid } = sourcesOf(tables, { factorType: 'direct' });
    expect(await grid.intensityFor(zoneOf('FR'), MARCH_2026)).toEqual(await grid.directFor(zoneOf('FR'), MARCH_2026));
    expect(await grid.intensityFor(zoneOf('BF'), MARCH_2026)).toMatchObject({ factorType: 'lifecycle' });
  });

  test('of several regions in a zone are their mean, from the lowest to the highest', () => {
    const row: GridYearRow = {
      zone: 'aws:a',
      scope: 'cloud_region',
      year: 2020,
      gco2e_per_kwh: 100,
      emission_factor_type: 'direct',
      low_gco2e_per_kwh: 80,
      high_gco2e_per_kwh: null,
    };
    const region: RegionRow = {
      provider: 'aws',
      region_id: 'a',
      country_code: 'XX',
      electricity_maps_zone: 'Z',
      match_rule: 'exact',
    };
    const rows: GridYearRow[] = [
      row,
      { ...row, zone: 'aws:b', gco2e_per_kwh: 300 },
      { ...row, zone: 'aws:nowhere', gco2e_per_kwh: 9 },
      { ...row, emission_factor_type: 'lifecycle', gco2e_per_kwh: 9 },
      { ...row, scope: 'country', gco2e_per_kwh: 9 },
    ];
    const years = indexDirectYears(rows, [region, { ...region, region_id: 'b' }]);
    expect(years.get('Z')).toEqual([{ year: 2020, gramsPerKwh: 200, low: 80, high: 300 }]);
    expect(years.size).toBe(1);
  });
});

describe('contracts', () => {
  const contractFor = (changes: Parameters<typeof nodeAt>[0], contract = {}) =>
    sourcesOf(tables, contract).contracts.contractFor(nodeAt(changes));

  test('of Google Cloud are the latest published share of carbon-free energy', async () => {
    expect(await contractFor({ provider: 'gcp', zone: 'europe-west1-b' })).toEqual({
      share: 0.84,
      contractGramsPerKwh: 0,
      residualGramsPerKwh: null,
      source: 'gcp-cfe',
    });
  });

  test('are none of regions without a share, and of other providers', async () => {
    expect(await contractFor({ provider: 'gcp', region: 'asia-southeast3' })).toBeNull();
    expect(await contractFor({ provider: 'aws', region: 'eu-west-3' })).toBeNull();
  });

  test('are the person’s where one is set', async () => {
    const contract = { share: 0.5, contractGramsPerKwh: 12, residualGramsPerKwh: 400 };
    expect(await contractFor({ provider: 'gcp', region: 'europe-west1' }, { contract })).toEqual({
      ...contract,
      source: 'person',
    });
  });
});
