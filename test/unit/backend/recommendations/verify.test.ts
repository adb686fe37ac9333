import { describe, expect, it } from 'vitest';
import { closedDaysAfter, daysBefore, hoursIn, weekdayOf } from '../../../../src/backend/recommendations/days.ts';
import type { DaySums } from '../../../../src/backend/recommendations/saved.ts';
import { meanOf, verify } from '../../../../src/backend/recommendations/verify.ts';
import type { Recommendation } from '../../../../src/model/recommendations/recommendation.ts';
import { applied, DAY, day, flat, NOW, range, savings } from './samples.ts';

const zombie = (change: Partial<Recommendation['savings']> = {}) =>
  applied({ type: 'ZOMBIE_POD', savings: savings({ co2eGramsPerDay: range(350, 400, 450), ...change }) });

/** Sums of the days before, and of those after it that are over. */
function days(before: (index: number) => DaySums | null, after: (index: number) => DaySums | null, passed = 8) {
  const measured = new Map<number, DaySums>();
  const put = (all: readonly number[], of: (index: number) => DaySums | null) => {
    for (const [index, start] of all.entries()) {
      const sums = of(index);
      if (sums !== null) measured.set(start, sums);
    }
  };
  put(daysBefore(NOW), before);
  put(closedDaysAfter(NOW, NOW + passed * DAY), after);
  return measured;
}

describe('days', () => {
  it('are the seven whole ones before, and the closed ones after', () => {
    const midnight = NOW - 10 * 3600;
    expect(daysBefore(NOW)[0]).toBe(midnight - 7 * DAY);
    expect(daysBefore(NOW).at(-1)).toBe(midnight - DAY);
    expect(new Set(daysBefore(NOW).map(weekdayOf)).size).toBe(7);
    expect(closedDaysAfter(NOW, midnight + 2 * DAY - 1)).toEqual([]);
    expect(closedDaysAfter(NOW, midnight + 3 * DAY)).toEqual([midnight + DAY, midnight + 2 * DAY]);
    expect(hoursIn({ startSeconds: midnight, endSeconds: midnight + DAY })).toHaveLength(24);
  });
});

describe('the mean of days', () => {
  it('has the range in which it lies by their differences', () => {
    expect(meanOf([5, 5, 5])).toEqual(flat(5));
    const { central, low, high } = meanOf([1, 3]);
    expect(central).toBe(2);
    expect(low).toBeCloseTo(2 - 12.71);
    expect(high).toBeCloseTo(2 + 12.71);
    expect(meanOf([4])).toEqual(flat(4));
  });
});

describe('before and after', () => {
  it('waits for two days, tells what it has then, and settles after all seven', () => {
    const off = () => day({ joules: 0, joulesDynamic: 0, co2eGrams: 0, totalCost: 0, podHours: 0 });
    const one = verify(
      zombie(),
      days(() => day(), off, 2),
      NOW + 2 * DAY,
    );
    expect(one).toMatchObject({ outcome: 'waiting', co2eSavedGramsPerDay: flat(0) });
    const three = verify(
      zombie(),
      days(() => day(), off, 4),
      NOW + 4 * DAY,
    );
    expect(three?.outcome).toBe('waiting');
    // 4 MJ of its 10 MJ stop, and 10 MJ had 1,000 g.
    expect(three?.co2eSavedGramsPerDay.central).toBeCloseTo(400);
    expect(three?.note).toContain('settled when 7 days');
    const week = verify(
      zombie({ costPerDay: range(8, 10, 12) }),
      days(() => day(), off),
      NOW + 8 * DAY,
    );
    expect(week).toMatchObject({ outcome: 'within', measuredAtSeconds: NOW + 8 * DAY });
    expect(week?.costSavedPerDay.central).toBeCloseTo(10);
    expect((week?.after.startSeconds ?? 0) - (week?.before.startSeconds ?? 0)).toBe(8 * DAY);
  });

  it('compares each day with its own weekday', () => {
    // A day has ten times its place in the week; the change takes 4 MJ of each.
    const week = (start: number, less: number) => {
      const joules = (weekdayOf(start) + 1) * 10e6;
      return day({
        joules: joules - less,
        joulesDynamic: joules - less,
        co2eGrams: (joules - less) / 1e4,
        totalCost: 0,
      });
    };
    const [before, after] = [daysBefore(NOW), closedDaysAfter(NOW, NOW + 8 * DAY)];
    const measured = days(
      (index) => week(before[index] ?? 0, 0),
      (index) => week(after[index] ?? 0, 4e6),
    );
    const { co2eSavedGramsPerDay } = verify(zombie(), measured, NOW + 8 * DAY) ?? {};
    expect(co2eSavedGramsPerDay?.central).toBeCloseTo(400);
    expect((co2eSavedGramsPerDay?.high ?? 0) - (co2eSavedGramsPerDay?.low ?? 0)).toBeCloseTo(0);
  });

  it.each([
    [1.5e6, 'within', range(100, 150, 300)],
    [0.5e6, 'below', range(100, 150, 300)],
    [3.9e6, 'above', range(100, 150, 300)],
  ] as const)('of %s J less a day of promised range is %s', (less, outcome, promised) => {
    const after = () => day({ joules: 10e6 - less, joulesDynamic: 4e6 - less, co2eGrams: 1_000 - less / 1e4 });
    const item = zombie({ co2eGramsPerDay: promised, costPerDay: flat(0) });
    expect(
      verify(
        item,
        days(() => day(), after),
        NOW + 8 * DAY,
      )?.outcome,
    ).toBe(outcome);
  });

  it('does not count a change of the grid', () => {
    const cleaner = () => day({ co2eGrams: 500 });
    const verified = verify(
      zombie({ co2eGramsPerDay: range(100, 400, 450) }),
      days(() => day(), cleaner),
      NOW + 8 * DAY,
    );
    expect(verified?.co2eSavedGramsPerDay.central).toBeCloseTo(0);
    expect(verified?.outcome).toBe('below');
    expect(verified?.note).toContain('50 % fewer grams per kWh');
  });

  it('sets the days before to the load after where a request was changed, and promises no carbon of it', () => {
    const item = applied({ savings: savings({ costPerDay: range(2, 4, 6), co2eGramsPerDay: range(0, 0, 90) }) });
    const twice = () => day({ podHours: 96, totalCost: 12, joulesDynamic: 8e6, joules: 14e6, co2eGrams: 1_400 });
    const verified = verify(
      item,
      days(() => day(), twice),
      NOW + 8 * DAY,
    );
    // 10 for 48 pod-hours would be 20 for 96.
    expect(verified?.costSavedPerDay.central).toBeCloseTo(8);
    expect(verified).toMatchObject({ outcome: 'above', co2eSavedGramsPerDay: flat(0) });
    expect(verified?.note).toContain('100 % more pod-hours');
    expect(verified?.note).toContain('stops no energy by itself');
  });

  it('measures nodes by the whole cluster, at the same use of CPU', () => {
    const item = applied({
      type: 'CONSOLIDATE_NODES',
      scope: 'cluster',
      savings: savings({ co2eGramsPerDay: range(100, 300, 500), costPerDay: range(1, 2, 4) }),
    });
    // Idle energy falls from 6 to 3 MJ; use grows by half, and its energy with it.
    const after = () =>
      day({ joules: 9e6, joulesDynamic: 6e6, cpuMillicoreSeconds: 1.5e8, co2eGrams: 900, totalCost: 8 });
    const verified = verify(
      item,
      days(() => day(), after),
      NOW + 8 * DAY,
    );
    expect(verified?.co2eSavedGramsPerDay.central).toBeCloseTo(300);
    expect(verified?.costSavedPerDay.central).toBeCloseTo(2);
    expect(verified).toMatchObject({ outcome: 'within' });
  });

  it('takes the cleaner hours of a job that was moved, at the energy that it takes now', () => {
    const item = applied({
      type: 'CARBON_AWARE_SCHEDULING',
      savings: savings({ co2eGramsPerDay: range(100, 200, 300) }),
    });
    const moved = () => day({ co2eGrams: 800 });
    const verified = verify(
      item,
      days(() => day(), moved),
      NOW + 8 * DAY,
    );
    expect(verified?.co2eSavedGramsPerDay.central).toBeCloseTo(200);
    expect(verified?.outcome).toBe('within');
  });

  it('finds a later day of a weekday that was not covered, and gives up after four weeks', () => {
    const holes = (index: number) => (index === 0 ? null : day({ joulesDynamic: 0, joules: 6e6, co2eGrams: 600 }));
    const waiting = verify(
      zombie(),
      days(() => day(), holes),
      NOW + 8 * DAY,
    );
    expect(waiting?.outcome).toBe('waiting');
    expect(
      verify(
        zombie(),
        days(() => day(), holes, 9),
        NOW + 9 * DAY,
      )?.outcome,
    ).toBe('within');
    const three = (index: number) => (index < 3 ? day({ joulesDynamic: 0, joules: 6e6, co2eGrams: 600 }) : null);
    expect(
      verify(
        zombie(),
        days(() => day(), three, 20),
        NOW + 20 * DAY,
      )?.outcome,
    ).toBe('waiting');
    expect(
      verify(
        zombie(),
        days(() => day(), three, 28),
        NOW + 28 * DAY,
      )?.outcome,
    ).toBe('within');
  });

  it('says that there is too little before it to compare with', () => {
    const one = (index: number) => (index === 0 ? day() : null);
    const verified = verify(
      zombie(),
      days(one, () => day()),
      NOW + 40 * DAY,
    );
    expect(verified).toMatchObject({ outcome: 'waiting' });
    expect(verified?.note).toContain('Only 1 of the 7 days');
    expect(verify({ ...zombie(), appliedAtSeconds: null }, new Map(), NOW)).toBeNull();
  });

  it('is no failure where nothing was promised', () => {
    const item = applied({ type: 'MISSING_REQUESTS', savings: savings() });
    const dearer = () => day({ totalCost: 20 });
    expect(
      verify(
        item,
        days(() => day(), dearer),
        NOW + 8 * DAY,
      )?.outcome,
    ).toBe('within');
  });
});
