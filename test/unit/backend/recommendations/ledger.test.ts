import { describe, expect, it } from 'vitest';
import { closedDaysAfter, daysBefore } from '../../../../src/backend/recommendations/days.ts';
import { countsDays, savingsDays } from '../../../../src/backend/recommendations/ledger.ts';
import { savedBetween, yardstickOf } from '../../../../src/backend/recommendations/saved.ts';
import { applied, DAY, day, flat, item, NOW, range, savings } from './samples.ts';

const promised = savings({ co2eGramsPerDay: range(350, 400, 450), costPerDay: range(8, 9, 10) });
const zombie = applied({ type: 'ZOMBIE_POD', savings: promised });
const off = day({ joules: 6e6, joulesDynamic: 0, co2eGrams: 600, totalCost: 1 });

describe('a day of the ledger', () => {
  it('has the promise, and what its weekday before took more', () => {
    const [monday, tuesday] = [daysBefore(NOW)[0] ?? 0, daysBefore(NOW)[1] ?? 0];
    const closed = closedDaysAfter(NOW, NOW + 9 * DAY);
    const after = closed.find((each) => (each - monday) % (7 * DAY) === 0) ?? 0;
    const measured = new Map([
      [monday, day({ totalCost: 10 })],
      [tuesday, day({ totalCost: 30 })],
      [after, off],
    ]);
    expect(savingsDays(zombie, [after], measured)).toEqual([
      {
        recommendationId: 'r1',
        clusterId: 'c1',
        dayStartSeconds: after,
        durationSeconds: DAY,
        namespace: 'shop',
        type: 'ZOMBIE_POD',
        promisedCo2eGrams: 400,
        promisedCost: 9,
        measuredCo2eGrams: expect.closeTo(400),
        measuredCost: 9,
      },
    ]);
  });

  it('takes the mean day before for a weekday that was not covered', () => {
    const [first, second] = daysBefore(NOW);
    const closed = closedDaysAfter(NOW, NOW + 9 * DAY);
    const after = closed.find((each) => [first, second].every((known) => (each - (known ?? 0)) % (7 * DAY) !== 0)) ?? 0;
    const measured = new Map([
      [first ?? 0, day({ totalCost: 10 })],
      [second ?? 0, day({ totalCost: 30 })],
      [after, off],
    ]);
    expect(savingsDays(zombie, [after], measured)[0]?.measuredCost).toBe(19);
  });

  it('is not measured while it is not covered, or nothing was before', () => {
    const [after = 0] = closedDaysAfter(NOW, NOW + 9 * DAY);
    const before = daysBefore(NOW)[0] ?? 0;
    const none = { measuredCo2eGrams: null, measuredCost: null, promisedCo2eGrams: 400 };
    expect(savingsDays(zombie, [after], new Map([[before, day()]]))).toMatchObject([none]);
    expect(savingsDays(zombie, [after], new Map([[after, off]]))).toMatchObject([none]);
    expect(savingsDays(item(), [after], new Map())).toEqual([]);
  });

  it('counts a moved job by its own intensity', () => {
    const moved = applied({ type: 'CARBON_AWARE_SCHEDULING', savings: promised });
    const [after = 0] = closedDaysAfter(NOW, NOW + 9 * DAY);
    const measured = new Map([
      [daysBefore(NOW)[0] ?? 0, day()],
      [after, day({ co2eGrams: 700 })],
    ]);
    expect(savingsDays(moved, [after], measured)[0]).toMatchObject({
      measuredCo2eGrams: expect.closeTo(300),
      measuredCost: 0,
    });
  });
});

it('days count while the change is in force', () => {
  const verification = {
    before: { startSeconds: 0, endSeconds: DAY },
    after: { startSeconds: DAY, endSeconds: 2 * DAY },
    co2eSavedGramsPerDay: flat(0),
    costSavedPerDay: flat(0),
    measuredAtSeconds: NOW,
    note: '',
  };
  expect(countsDays(applied())).toBe(true);
  expect(countsDays(applied({ status: 'verified' }))).toBe(true);
  expect(countsDays(applied({ status: 'regressed', verification: { ...verification, outcome: 'below' } }))).toBe(true);
  expect(countsDays(applied({ status: 'regressed' }))).toBe(false);
  expect(countsDays(applied({ status: 'regressed', verification: { ...verification, outcome: 'within' } }))).toBe(
    false,
  );
  expect(countsDays(item())).toBe(false);
});

it('what is compared follows what is changed', () => {
  const of = (type: Parameters<typeof yardstickOf>[0]['type']) => yardstickOf({ type, scope: 'workload' });
  expect(of('RIGHTSIZING_MEMORY')).toEqual({ energy: 'nothing', load: 'pod-hours' });
  expect(of('AUTOSCALING_CANDIDATE')).toEqual({ energy: 'dynamic', load: null });
  expect(of('UNDERUTILIZED_NODE')).toEqual({ energy: 'whole', load: 'cpu' });
  const by = { yardstick: of('RIGHTSIZING_CPU'), ratio: 2, gramsPerJoule: 1 };
  expect(savedBetween(day({ totalCost: 5 }), day({ totalCost: 4 }), by)).toEqual({ cost: 6, co2eGrams: 0 });
});
