import { describe, expect, test } from 'vitest';
import {
  chooseIntensity,
  type IntensityCandidates,
  latestNotAfter,
  type YearlyIntensity,
} from '../../../../src/core/carbon/choose-intensity.ts';

const yearly = (year: number, gramsPerKwh: number): YearlyIntensity => ({ year, gramsPerKwh, low: null, high: null });
const MARCH_2024 = Date.UTC(2024, 2, 1) / 1000;

const FRANCE: IntensityCandidates = {
  zone: 'FR',
  countryCode: 'FR',
  zoneYears: [yearly(2023, 49), yearly(2024, 33), yearly(2025, 31)],
  countryYears: [{ year: 2023, gramsPerKwh: 56, low: 47.6, high: 64.4 }],
  personDefaultGramsPerKwh: null,
};

describe('the intensity of a zone', () => {
  test("is its latest year not after the window's", () => {
    expect(chooseIntensity(FRANCE, MARCH_2024)).toEqual({
      gramsPerKwh: 33,
      zone: 'FR',
      source: 'zone-year',
      factorType: 'lifecycle',
      factor: { low: 0.6, high: 1.5 },
      atSeconds: Date.UTC(2024, 0, 1) / 1000,
    });
  });

  test('goes on with the last year that is known', () => {
    expect(chooseIntensity(FRANCE, Date.UTC(2031, 5, 1) / 1000).gramsPerKwh).toBe(31);
  });

  test('is of the right year on both sides of midnight UTC', () => {
    const newYear = Date.UTC(2025, 0, 1) / 1000;
    expect(chooseIntensity(FRANCE, newYear - 1).gramsPerKwh).toBe(33);
    expect(chooseIntensity(FRANCE, newYear).gramsPerKwh).toBe(31);
  });

  test("is its country's where the zone has none, with the range of the row", () => {
    const value = chooseIntensity({ ...FRANCE, zone: 'FR-XX', zoneYears: [] }, MARCH_2024);
    expect(value).toMatchObject({ gramsPerKwh: 56, zone: 'FR', source: 'country-year' });
    expect(value.factor.low * 56).toBeCloseTo(47.6, 10);
    expect(value.factor.high * 56).toBeCloseTo(64.4, 10);
  });

  test("is the person's default where no place is known", () => {
    const value = chooseIntensity(
      { zone: 'WORLD', countryCode: null, zoneYears: [], countryYears: [], personDefaultGramsPerKwh: 250 },
      MARCH_2024,
    );
    expect(value).toMatchObject({ gramsPerKwh: 250, source: 'person', atSeconds: null });
  });

  test("is the world's mean, with a wide range, where nothing is set", () => {
    const value = chooseIntensity(
      { zone: 'WORLD', countryCode: null, zoneYears: [], countryYears: [], personDefaultGramsPerKwh: null },
      MARCH_2024,
    );
    expect(value).toMatchObject({ gramsPerKwh: 475, zone: 'WORLD', source: 'world', factor: { low: 0.3, high: 2 } });
  });

  test("a person's default doesn't replace a place that is known", () => {
    expect(chooseIntensity({ ...FRANCE, personDefaultGramsPerKwh: 250 }, MARCH_2024).gramsPerKwh).toBe(33);
  });
});

describe('the latest year not after another', () => {
  const values = [yearly(2025, 3), yearly(2021, 1), yearly(2023, 2)];

  test.each([
    [2020, 2021],
    [2021, 2021],
    [2022, 2021],
    [2024, 2023],
    [2025, 2025],
    [2040, 2025],
  ])('up to %d is %d', (year, expected) => {
    expect(latestNotAfter(values, year)?.year).toBe(expected);
  });

  test('of nothing is nothing', () => {
    expect(latestNotAfter([], 2024)).toBeNull();
  });
});
