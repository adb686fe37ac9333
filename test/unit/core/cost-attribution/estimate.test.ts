import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costEstimates, DAYS_A_MONTH, NO_ESTIMATES } from '../../../../src/core/cost-attribution/estimate.ts';

const day = (costs: Record<string, number>) => new Map(Object.entries(costs));
const daily = (...days: Record<string, number>[]) => Object.fromEntries(costEstimates(days.map(day)).dailyByNamespace);

describe('estimates of costs', () => {
  test('are the mean of the days, and a mean month of them', () => {
    const estimates = costEstimates([day({ shop: 10, idle: 5 }), day({ shop: 20, idle: 5 })]);
    expect(Object.fromEntries(estimates.dailyByNamespace)).toEqual({ shop: 15, idle: 5 });
    expect(estimates.monthly).toBeCloseTo(20 * DAYS_A_MONTH, 9);
    expect(DAYS_A_MONTH * 12).toBeCloseTo(365.2425, 9);
  });

  test('of nothing are unknown, not 0', () => {
    expect(costEstimates([])).toEqual(NO_ESTIMATES);
    expect(costEstimates([day({}), day({})]).monthly).toBeNull();
    expect(costEstimates([day({ shop: 0 })]).monthly).toBe(0);
  });

  test('leave out days on which nothing was collected', () => {
    expect(daily({ shop: 10 }, {}, { shop: 20 })).toEqual({ shop: 15 });
    expect(costEstimates([day({}), day({ shop: 10 })]).monthly).toBeCloseTo(10 * DAYS_A_MONTH, 9);
  });

  test('do not make a new namespace cheaper by the days before it', () => {
    expect(daily({ shop: 10 }, { shop: 10 }, { shop: 10, fresh: 8 })).toEqual({ shop: 10, fresh: 8 });
  });

  test('count the days on which a namespace rests, and those after it ended', () => {
    expect(daily({ office: 10, shop: 1 }, { shop: 1 }, { office: 5, shop: 1 })).toEqual({ office: 5, shop: 1 });
    expect(daily({ office: 9, shop: 1 }, { shop: 1 }, { shop: 1 })).toEqual({ office: 3, shop: 1 });
  });

  test('lie between the cheapest and the dearest day, and the parts never fall short of the whole', () => {
    const costs = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.double({ min: 0, max: 1e6, noNaN: true }));
    fc.assert(
      fc.property(fc.array(costs, { maxLength: 7 }), (days) => {
        const { dailyByNamespace, monthly } = costEstimates(days.map(day));
        for (const [id, cost] of dailyByNamespace) {
          const of = days.map((each) => each[id] ?? 0);
          expect(cost).toBeGreaterThanOrEqual(Math.min(...of) - 1e-6);
          expect(cost).toBeLessThanOrEqual(Math.max(...of) + 1e-6);
        }
        const sum = [...dailyByNamespace.values()].reduce((total, cost) => total + cost, 0);
        expect(sum * DAYS_A_MONTH).toBeGreaterThanOrEqual((monthly ?? 0) - 1e-3);
      }),
    );
  });
});
