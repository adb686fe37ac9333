import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filled, type Holder, lowered, raised, sumOf } from '../../../../src/core/recommendations/distribute.ts';
import { roundUpCpu } from '../../../../src/core/recommendations/quantities.ts';

const round = (value: number) => roundUpCpu(value, 10);
const holders: readonly Holder[] = [
  { name: 'app', now: 900 },
  { name: 'proxy', now: 100 },
  { name: 'logger', now: null },
];
const total = (values: ReadonlyMap<string, number>) => [...values.values()].reduce((sum, value) => sum + value, 0);
const anyHolders = fc.array(fc.option(fc.integer({ min: 1, max: 4000 })), { minLength: 1, maxLength: 6 });
const named = (values: readonly (number | null)[]) => values.map((now, index) => ({ name: `c${index}`, now }));

describe('lowered', () => {
  it('goes by what each has; who has nothing gets nothing', () => {
    expect([...lowered(240, holders, round)]).toEqual([
      ['app', 220],
      ['proxy', 25],
    ]);
  });

  it('is never more than it was, also where that is below the floor', () => {
    expect([
      ...lowered(
        10,
        [
          { name: 'tiny', now: 4 },
          { name: 'app', now: 500 },
        ],
        round,
      ),
    ]).toEqual([
      ['tiny', 4],
      ['app', 10],
    ]);
  });

  it('covers the target, as far as there was so much', () => {
    fc.assert(
      fc.property(anyHolders, fc.integer({ min: 0, max: 5000 }), (values, target) => {
        const all = named(values);
        const after = lowered(target, all, round);
        expect(total(after)).toBeGreaterThanOrEqual(Math.min(target, sumOf(all)) - 1e-6);
        for (const { name, now } of all) expect(after.get(name) ?? 0).toBeLessThanOrEqual(now ?? 0);
      }),
    );
  });
});

describe('raised', () => {
  it('is never less than it was, and covers the target', () => {
    fc.assert(
      fc.property(anyHolders, fc.integer({ min: 0, max: 9000 }), (values, target) => {
        const all = named(values);
        const after = raised(target, all, round);
        for (const { name, now } of all) expect(after.get(name) ?? 0).toBeGreaterThanOrEqual(now ?? 0);
        if (sumOf(all) > 0) expect(total(after)).toBeGreaterThanOrEqual(target - 1e-6);
      }),
    );
  });

  it('of nothing is nothing', () => {
    expect(raised(100, [{ name: 'a', now: null }], round).size).toBe(0);
  });
});

describe('filled', () => {
  it('shares what is open evenly over those that have nothing', () => {
    const some = [...holders, { name: 'other', now: null }];
    expect([...filled(1240, some, round)]).toEqual([
      ['logger', 120],
      ['other', 120],
    ]);
  });

  it('gives the floor where nothing is open', () => {
    expect([...filled(200, holders, round)]).toEqual([['logger', 10]]);
  });

  it('is empty where all have something', () => {
    expect(filled(200, holders.slice(0, 2), round).size).toBe(0);
  });
});
