import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { softwareCarbonIntensity } from '../../../../src/core/carbon/intensity-of-software.ts';
import { marketBasedGrams } from '../../../../src/core/carbon/market-based.ts';

describe('software carbon intensity', () => {
  test('is all carbon by what was served', () => {
    expect(
      softwareCarbonIntensity({ facilityKwh: 1.5, gramsPerKwh: 250, embodiedGrams: 45, functionalUnits: 100_000 }),
    ).toEqual({ operationalGrams: 375, totalGrams: 420, gramsPerUnit: expect.closeTo(0.0042, 9) });
  });

  test.each([0, -1, Number.NaN])('has no score where %d was served', (functionalUnits) => {
    const carbon = { facilityKwh: 1, gramsPerKwh: 1, embodiedGrams: 1, functionalUnits };
    expect(softwareCarbonIntensity(carbon)).toMatchObject({ totalGrams: 2, gramsPerUnit: null });
  });
});

describe('market-based grams', () => {
  test('are the contract’s for its share, and the residual mix for the rest', () => {
    const contract = { share: 0.6, contractGramsPerKwh: 0, residualGramsPerKwh: 420 };
    expect(marketBasedGrams(1200, contract, 301)).toBeCloseTo(201_600, 6);
  });

  test('take the intensity of the place where no residual mix is known', () => {
    const contract = { share: 0.25, contractGramsPerKwh: 0, residualGramsPerKwh: null };
    expect(marketBasedGrams(100, contract, 200)).toBeCloseTo(15_000, 9);
  });

  test('lie between the two', () => {
    const grams = fc.double({ min: 0, max: 1500, noNaN: true });
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), grams, grams, (share, contract, residual) => {
        const all = marketBasedGrams(1, { share, contractGramsPerKwh: contract, residualGramsPerKwh: residual }, 9999);
        expect(all).toBeGreaterThanOrEqual(Math.min(contract, residual) - 1e-9);
        expect(all).toBeLessThanOrEqual(Math.max(contract, residual) + 1e-9);
      }),
    );
  });
});
