import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addToCurve, clampUtilisation, dynamicWattsAt, scaleCurve, wattsAt } from '../../../../src/core/power/curve.ts';
import type { CurvePoints } from '../../../../src/model/coefficients.ts';

const CURVE: CurvePoints = [4.4, 7, 14.1, 20];

/** Curves that rise, as every row of the tables does. */
const risingCurve = fc
  .tuple(
    fc.double({ min: 0, max: 500, noNaN: true }),
    fc.double({ min: 0, max: 100, noNaN: true }),
    fc.double({ min: 0, max: 300, noNaN: true }),
    fc.double({ min: 0, max: 300, noNaN: true }),
  )
  .map(([idle, a, b, c]): CurvePoints => [idle, idle + a, idle + a + b, idle + a + b + c]);

describe('watts of a node', () => {
  test.each([
    [-0.1, 4.4],
    [0, 4.4],
    [0.05, 5.7],
    [0.1, 7],
    [0.3, 10.55],
    [0.5, 14.1],
    [0.75, 17.05],
    [1, 20],
    [1.3, 20],
  ])('at utilisation %d are %d', (utilisation, watts) => {
    expect(wattsAt(CURVE, utilisation)).toBeCloseTo(watts, 10);
  });

  test('go through the four points exactly', () => {
    expect([0, 0.1, 0.5, 1].map((u) => wattsAt(CURVE, u))).toEqual([...CURVE]);
  });

  test('never fall as utilisation rises', () => {
    fc.assert(
      fc.property(
        risingCurve,
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        fc.double({ min: -0.5, max: 1.5, noNaN: true }),
        (curve, a, b) => {
          const [low, high] = a < b ? [a, b] : [b, a];
          expect(wattsAt(curve, high)).toBeGreaterThanOrEqual(wattsAt(curve, low) - 1e-9);
        },
      ),
    );
  });

  test('stay between idle and full', () => {
    fc.assert(
      fc.property(risingCurve, fc.double({ min: -2, max: 2, noNaN: true }), (curve, u) => {
        const watts = wattsAt(curve, u);
        expect(watts).toBeGreaterThanOrEqual(curve[0] - 1e-9);
        expect(watts).toBeLessThanOrEqual(curve[3] + 1e-9);
      }),
    );
  });
});

describe('dynamic watts', () => {
  test('are what lies above idle', () => {
    expect(dynamicWattsAt(CURVE, 0.5)).toBeCloseTo(9.7, 10);
    expect(dynamicWattsAt(CURVE, 0)).toBe(0);
  });

  test('are never negative, even on a curve that dips', () => {
    expect(dynamicWattsAt([10, 8, 20, 30], 0.1)).toBe(0);
  });
});

test('a utilisation is clamped to 0 and 1', () => {
  expect([-1, 0, 0.4, 1, 7].map(clampUtilisation)).toEqual([0, 0, 0.4, 1, 1]);
});

test('a curve can be scaled to another size', () => {
  expect(scaleCurve([1, 2, 3, 4], 2)).toEqual([2, 4, 6, 8]);
});

test('watts can be added to each point', () => {
  expect(addToCurve([1, 2, 3, 4], 0.5)).toEqual([1.5, 2.5, 3.5, 4.5]);
});
