import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  facilityEnergy,
  kwhOfJoules,
  meanIntensity,
  operationalGrams,
} from '../../../../src/core/carbon/operational.ts';

test('joules become kWh, facility energy and grams', () => {
  const kwh = kwhOfJoules(9_000_000);
  expect(kwh).toBe(2.5);
  expect(facilityEnergy(kwh, 1.15)).toBeCloseTo(2.875, 12);
  expect(operationalGrams(kwh, 1.15, 342)).toBeCloseTo(983.25, 9);
});

test('grams of hours with their own intensity differ from those of the mean', () => {
  const kwh = [0.2, 0.8, 0.3, 0.1];
  const intensities = [400, 150, 250, 500];
  const matched = kwh.reduce((sum, each, hour) => sum + operationalGrams(each, 1.1, intensities[hour] ?? 0), 0);
  expect(matched).toBeCloseTo(357.5, 9);
  expect(operationalGrams(1.4, 1.1, 325)).toBeCloseTo(500.5, 9);
});

test('grams of parts are the grams of the whole', () => {
  const energy = fc.double({ min: 0, max: 1e6, noNaN: true });
  fc.assert(
    fc.property(fc.array(energy, { maxLength: 20 }), fc.double({ min: 1, max: 2, noNaN: true }), (parts, pue) => {
      const whole = parts.reduce((sum, part) => sum + part, 0);
      const grams = parts.reduce((sum, part) => sum + operationalGrams(part, pue, 300), 0);
      expect(Math.abs(grams - operationalGrams(whole, pue, 300))).toBeLessThanOrEqual(1e-9 * Math.max(1, grams));
    }),
  );
});

describe('the mean intensity of a sum', () => {
  const sumOf = (parts: readonly (readonly [joules: number, pue: number, grams: number])[]) => ({
    pueJoules: parts.reduce((sum, [joules, pue]) => sum + joules * pue, 0),
    co2eGrams: parts.reduce((sum, [joules, pue, each]) => sum + operationalGrams(kwhOfJoules(joules), pue, each), 0),
  });

  test('goes by the energy at the meter: 1 kWh at a PUE of 1 and 400 g, 1 kWh at 3 and 40 g', () => {
    const mean = meanIntensity(
      sumOf([
        [3.6e6, 1, 400],
        [3.6e6, 3, 40],
      ]),
    );
    // (400 + 120) ÷ 4; by IT energy it would be 220, of which 4 kWh are 880 g and not 520.
    expect(mean).toBeCloseTo(130, 9);
  });

  test('is the intensity itself where all have one, and unknown without energy', () => {
    expect(meanIntensity(sumOf([[7.2e6, 1.3, 52]]))).toBeCloseTo(52, 12);
    expect(meanIntensity(sumOf([]))).toBeNull();
    expect(meanIntensity(sumOf([[0, 1.5, 300]]))).toBeNull();
    expect(meanIntensity(sumOf([[3.6e6, 1.5, 0]]))).toBe(0);
  });

  test('gives the grams back, and lies between the smallest and the largest', () => {
    const part = fc.tuple(
      fc.double({ min: 1, max: 1e9, noNaN: true }),
      fc.double({ min: 1, max: 3, noNaN: true }),
      // Numbers near the smallest of all have no relative precision.
      fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1500, noNaN: true })),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 20 }), (parts) => {
        const sums = sumOf(parts);
        const mean = meanIntensity(sums) ?? Number.NaN;
        expect(Math.abs(kwhOfJoules(sums.pueJoules) * mean - sums.co2eGrams)).toBeLessThanOrEqual(
          1e-9 * sums.co2eGrams,
        );
        const all = parts.map(([, , grams]) => grams);
        expect(mean).toBeGreaterThanOrEqual(Math.min(...all) * (1 - 1e-9));
        expect(mean).toBeLessThanOrEqual(Math.max(...all) * (1 + 1e-9));
      }),
    );
  });
});
