import { describe, expect, it } from 'vitest';
import { isInScope, type ScopeDay, usedDays } from '../../../../src/core/budgets/used-days.ts';

const day = (date: string, namespace: string, part: Partial<ScopeDay> = {}): ScopeDay => ({
  date,
  namespace,
  carbonKilograms: 1,
  cost: 10,
  teamName: null,
  costCenter: null,
  ...part,
});
const covered = (...dates: string[]) => new Map(dates.map((date) => [date, 86_400]));

describe('a scope', () => {
  const shop = day('2026-03-01', 'shop', { teamName: 'checkout', costCenter: 'CC-7' });
  const idle = day('2026-03-01', '__unallocated__');
  it.each([
    [{ scope: 'cluster', key: null }, true, true],
    [{ scope: 'namespace', key: 'shop' }, true, false],
    [{ scope: 'namespace', key: 'sho' }, false, false],
    [{ scope: 'team', key: 'checkout' }, true, false],
    [{ scope: 'cost-center', key: 'CC-7' }, true, false],
    [{ scope: 'cost-center', key: 'checkout' }, false, false],
  ] as const)('%j', (scope, hasShop, hasIdle) => {
    expect(isInScope({ ...scope, unit: 'carbon' }, shop)).toBe(hasShop);
    expect(isInScope({ ...scope, unit: 'carbon' }, idle)).toBe(hasIdle);
  });
});

describe('days of a budget', () => {
  const lines = [
    day('2026-03-01', 'shop', { teamName: 'checkout', cost: 0.1, carbonKilograms: 2 }),
    day('2026-03-01', 'pay', { teamName: 'checkout', cost: 0.2, carbonKilograms: 3 }),
    day('2026-03-02', 'shop', { teamName: 'platform', cost: 5, carbonKilograms: 7 }),
  ];
  const cluster = { lines, coveredSeconds: covered('2026-03-01', '2026-03-02', '2026-03-03') };

  it('are the sums of its lines, with whom each day belonged to', () => {
    expect(usedDays({ scope: 'team', key: 'checkout', unit: 'cost' }, [cluster])).toEqual([
      { date: '2026-03-01', amount: 0.30000000000000004, coveredSeconds: 86_400 },
      { date: '2026-03-02', amount: 0, coveredSeconds: 86_400 },
      { date: '2026-03-03', amount: 0, coveredSeconds: 86_400 },
    ]);
    expect(usedDays({ scope: 'cluster', key: null, unit: 'carbon' }, [cluster]).map(({ amount }) => amount)).toEqual([
      5, 7, 0,
    ]);
  });

  it('over several clusters are as well known as those of the best', () => {
    const other = { lines: [day('2026-03-02', 'shop')], coveredSeconds: new Map([['2026-03-02', 100]]) };
    expect(usedDays({ scope: 'namespace', key: 'shop', unit: 'cost' }, [other, cluster])).toEqual([
      { date: '2026-03-01', amount: 0.1, coveredSeconds: 86_400 },
      { date: '2026-03-02', amount: 15, coveredSeconds: 86_400 },
      { date: '2026-03-03', amount: 0, coveredSeconds: 86_400 },
    ]);
  });

  it('of nothing are none', () => {
    expect(usedDays({ scope: 'cluster', key: null, unit: 'cost' }, [])).toEqual([]);
  });
});
