import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { combineFactors, factorOfRange, intervalOf } from '../../../../src/core/bounds/combine.ts';

const factor = fc
  .tuple(fc.double({ min: 0.01, max: 1, noNaN: true }), fc.double({ min: 1, max: 50, noNaN: true }))
  .map(([low, high]) => ({ low, high }));

describe('factors of a product', () => {
  test('combine in log space', () => {
    const combined = combineFactors([
      { low: 0.6, high: 1.4 },
      { low: 0.85, high: 1.15 },
      { low: 0.93, high: 1.3 },
    ]);
    const interval = intervalOf(100, combined);
    expect(interval.low).toBeCloseTo(58.219769, 5);
    expect(interval.high).toBeCloseTo(156.671146, 5);
    expect(interval.central).toBe(100);
  });

  test('of nothing are exact', () => {
    expect(combineFactors([])).toEqual({ low: 1, high: 1 });
  });

  test('of one factor is that factor', () => {
    const { low, high } = combineFactors([{ low: 0.5, high: 2 }]);
    expect(low).toBeCloseTo(0.5, 12);
    expect(high).toBeCloseTo(2, 12);
  });

  test('an exact factor changes nothing', () => {
    const alone = combineFactors([{ low: 0.6, high: 1.5 }]);
    const withExact = combineFactors([
      { low: 0.6, high: 1.5 },
      { low: 1, high: 1 },
    ]);
    expect(withExact).toEqual(alone);
  });

  test('always hold the central value, and are at least as wide as the widest factor', () => {
    fc.assert(
      fc.property(
        fc.array(factor, { minLength: 1, maxLength: 6 }),
        fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
        (factors, central) => {
          const combined = combineFactors(factors);
          const { low, high } = intervalOf(central, combined);
          expect(low).toBeLessThanOrEqual(central);
          expect(high).toBeGreaterThanOrEqual(central);
          expect(combined.low).toBeLessThanOrEqual(Math.min(...factors.map((each) => each.low)) + 1e-12);
          expect(combined.high).toBeGreaterThanOrEqual(Math.max(...factors.map((each) => each.high)) - 1e-9);
        },
      ),
    );
  });

  test('are narrower than the plain product', () => {
    fc.assert(
      fc.property(fc.array(factor, { minLength: 2, maxLength: 5 }), (factors) => {
        const combined = combineFactors(factors);
        const lowProduct = factors.reduce((product, each) => product * each.low, 1);
        const highProduct = factors.reduce((product, each) => product * each.high, 1);
        expect(combined.low).toBeGreaterThanOrEqual(lowProduct * (1 - 1e-9));
        expect(combined.high).toBeLessThanOrEqual(highProduct * (1 + 1e-9));
      }),
    );
  });
});

describe('a range round a value', () => {
  test('becomes a factor', () => {
    const { low, high } = factorOfRange(1.15, 1.07, 1.5);
    expect(low).toBeCloseTo(1.07 / 1.15, 12);
    expect(high).toBeCloseTo(1.5 / 1.15, 12);
  });

  test('that the value lies outside of still holds it', () => {
    expect(factorOfRange(1.05, 1.07, 1.5).low).toBe(1);
    expect(factorOfRange(1.6, 1.07, 1.5).high).toBe(1);
  });

  test('round zero is exact', () => {
    expect(factorOfRange(0, 0, 5)).toEqual({ low: 1, high: 1 });
  });
});
