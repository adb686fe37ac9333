import { expect, test } from 'vitest';
import { computeWindow } from '../../../../src/core/window/compute-window.ts';
import type { NodeCoefficients } from '../../../../src/model/coefficients.ts';
import { coefficientsOf, factsOf, nodeFactsOf } from '../builders.ts';

function computed(changes: Partial<NodeCoefficients>) {
  return computeWindow({
    clusterId: 'c',
    facts: factsOf([nodeFactsOf()]),
    coefficientsOf: () => coefficientsOf(changes),
    zoneOf: () => 'FR',
  }).rows;
}

test('without a contract market-based grams are those of the place', () => {
  for (const row of computed({})) expect(row.co2eMarketGrams).toBe(row.co2eGrams);
});

test('a contract changes the market-based grams, and those alone', () => {
  const market = { share: 0.6, contractGramsPerKwh: 10, residualGramsPerKwh: 400, source: 'person' } as const;
  const plain = computed({});
  computed({ market }).forEach((row, index) => {
    expect(row.co2eGrams).toBe(plain[index]?.co2eGrams);
    // 0.6 × 10 + 0.4 × 400 = 166 g in the place of 100 g.
    expect(row.co2eMarketGrams).toBeCloseTo(row.co2eGrams * 1.66, 12);
  });
});

test('what a contract leaves open has the intensity of the place where no residual mix is known', () => {
  const market = { share: 0.9, contractGramsPerKwh: 0, residualGramsPerKwh: null, source: 'gcp-cfe' } as const;
  for (const row of computed({ market })) expect(row.co2eMarketGrams).toBeCloseTo(row.co2eGrams * 0.1, 12);
});

test('direct grams are there only where direct factors are known', () => {
  for (const row of computed({})) expect(row.co2eDirectGrams).toBeNull();
  const direct = { ...coefficientsOf().intensity, gramsPerKwh: 40, factorType: 'direct' } as const;
  for (const row of computed({ direct })) expect(row.co2eDirectGrams).toBeCloseTo(row.co2eGrams * 0.4, 12);
});
