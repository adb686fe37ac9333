import fc from 'fast-check';
import { expect, test } from 'vitest';
import { facilityEnergy, kwhOfJoules, operationalGrams } from '../../../../src/core/carbon/operational.ts';

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
