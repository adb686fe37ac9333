import { describe, expect, test } from 'vitest';
import type { HourValue } from '../../../../src/core/carbon/clean-hours.ts';
import { type ShiftInput, shiftAdvice } from '../../../../src/core/time-shift/shift-advice.ts';

const HOUR = 3600;
/** Midnight. */
const NOW = Date.UTC(2026, 2, 10) / 1000;
const sunny = (hour: number) => (hour % 24 >= 10 && hour % 24 < 16 ? 100 : 400);

function hours(from: number, count: number, of: (hour: number) => number): HourValue[] {
  return Array.from({ length: count }, (_, index) => ({
    startSeconds: NOW + (from + index) * HOUR,
    gramsPerKwh: of((((from + index) % 24) + 24) % 24),
  }));
}

/** Nightly at 2, two hours; sun from 10 to 16 on every day of the week that is known. */
const nightly: ShiftInput = {
  schedule: '0 2 * * *',
  timeZone: null,
  nowSeconds: NOW,
  durationHours: 1.5,
  forecast: [],
  forecastErrorShare: null,
  history: hours(-168, 168, sunny),
};

describe('a job that may wait', () => {
  test('starts when the grid is clean, by the day before', () => {
    const advice = shiftAdvice(nightly);
    expect(advice).toEqual({
      kind: 'shift',
      startSeconds: NOW + 2 * HOUR,
      proposedSeconds: NOW + 10 * HOUR,
      windowHours: 24,
      by: 'day-before',
      promisedShare: 0.75,
      realisedShare: 0.75,
      sameDelayShare: 0.75,
      worseShare: 0,
      forecastErrorShare: 0,
      savedShare: { low: 0.75, central: 0.75, high: 0.75 },
    });
  });

  test('starts by the forecast where it knows every hour', () => {
    const forecast = hours(0, 30, (hour) => (hour >= 12 && hour < 14 ? 50 : 400));
    const advice = shiftAdvice({ ...nightly, forecast, forecastErrorShare: 0.1 });
    expect(advice).toMatchObject({ by: 'forecast', proposedSeconds: NOW + 12 * HOUR, promisedShare: 0.875 });
    // Promised: 350 g of 400; so far such choices brought 300, and the same delay no less.
    expect(advice).toMatchObject({ realisedShare: 0.75, sameDelayShare: 0.75 });
    expect(advice).toMatchObject({ savedShare: { low: 0.75, central: 0.75, high: 0.875 } });
    expect(shiftAdvice({ ...nightly, forecast: forecast.slice(0, 20) })).toMatchObject({ by: 'day-before' });
  });

  test('stays where a schedule of that one start would have brought nothing; a run that comes once need not', () => {
    const forecast = hours(0, 30, (hour) => (hour >= 20 && hour < 22 ? 50 : 400));
    const late = { ...nightly, forecast, forecastErrorShare: 0.1 };
    expect(shiftAdvice(late)).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
    expect(shiftAdvice({ ...late, schedule: null })).toMatchObject({
      proposedSeconds: NOW + 20 * HOUR,
      sameDelayShare: 0,
      savedShare: { low: 0.75, central: 0.75, high: 0.875 },
    });
  });

  test('counts on no more than one delay brought, and on nothing at the least where a start was made worse', () => {
    // On the last but one day the clean hours are dear: a run that waits for them emits more.
    const history = hours(-168, 168, sunny).map((hour, index) =>
      index >= 120 && index < 144 ? { ...hour, gramsPerKwh: hour.gramsPerKwh === 100 ? 350 : 300 } : hour,
    );
    const advice = shiftAdvice({ ...nightly, history });
    if (advice.kind !== 'shift') throw new Error(advice.reason);
    expect(advice.worseShare).toBeGreaterThan(0);
    expect(advice.savedShare).toEqual({
      low: 0,
      central: Math.min(advice.realisedShare, advice.sameDelayShare),
      high: 0.75,
    });
    expect(advice.savedShare.central).toBeLessThan(0.75);
  });

  test('stays where the forecast errs by more than it promises', () => {
    const forecast = hours(0, 30, sunny);
    expect(shiftAdvice({ ...nightly, forecast, forecastErrorShare: 0.74 })).toMatchObject({ kind: 'shift' });
    expect(shiftAdvice({ ...nightly, forecast, forecastErrorShare: 0.76 })).toEqual({
      kind: 'stay',
      reason: 'not-worthwhile',
    });
  });

  test('stays where less than 5 % is to be had', () => {
    const flat = (share: number) => hours(-168, 168, (hour) => (sunny(hour) === 100 ? 400 * (1 - share) : 400));
    expect(shiftAdvice({ ...nightly, history: flat(0.05) })).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
    expect(shiftAdvice({ ...nightly, history: flat(0.06) })).toMatchObject({ kind: 'shift' });
  });

  test('stays where waiting brought nothing on the days that are over', () => {
    // Clean hours come at another time each day: yesterday says nothing of today.
    const history = Array.from({ length: 168 }, (_, index) => ({
      startSeconds: NOW + (index - 168) * HOUR,
      gramsPerKwh: (index + Math.floor(index / 24) * 7) % 24 < 3 ? 100 : 300 + (index % 5),
    }));
    const forecast = hours(0, 30, sunny);
    const advice = shiftAdvice({ ...nightly, history, forecast, forecastErrorShare: 0.1 });
    expect(advice).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
  });
});

describe('the deadline', () => {
  test('is the next start, where that comes sooner than a day', () => {
    // Every 6 h from 2: the first window ends at 8, before the sun; that of 8 has it.
    expect(shiftAdvice({ ...nightly, schedule: '0 2-23/6 * * *' })).toMatchObject({ startSeconds: NOW + 8 * HOUR });
    // From 16 on to the next morning no hour is cleaner.
    expect(shiftAdvice({ ...nightly, schedule: '0 10,16 * * *' })).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
    expect(shiftAdvice({ ...nightly, schedule: '0 8,20 * * *' })).toMatchObject({
      startSeconds: NOW + 8 * HOUR,
      proposedSeconds: NOW + 10 * HOUR,
      windowHours: 12,
    });
    expect(shiftAdvice({ ...nightly, schedule: '*/5 * * * *' })).toEqual({ kind: 'stay', reason: 'no-window' });
  });

  test('is as given', () => {
    expect(shiftAdvice({ ...nightly, windowHours: 4 })).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
    expect(shiftAdvice({ ...nightly, windowHours: 2 })).toEqual({ kind: 'stay', reason: 'no-window' });
    expect(shiftAdvice({ ...nightly, windowHours: 9 })).toMatchObject({ proposedSeconds: NOW + 9 * HOUR });
  });
});

describe('the schedule', () => {
  test('counts by its zone', () => {
    const advice = shiftAdvice({ ...nightly, timeZone: 'America/Los_Angeles' });
    expect(advice).toMatchObject({ startSeconds: NOW + 9 * HOUR, proposedSeconds: NOW + 10 * HOUR });
  });

  test('may be weekly or monthly', () => {
    const next = (schedule: string) => shiftAdvice({ ...nightly, schedule });
    expect(next('0 2 * * 1')).toMatchObject({ startSeconds: NOW + 146 * HOUR, windowHours: 24 });
    expect(next('0 2 20 * *')).toMatchObject({ startSeconds: NOW + 242 * HOUR, windowHours: 24 });
  });

  test('of a Job is now, once', () => {
    expect(shiftAdvice({ ...nightly, schedule: null })).toMatchObject({ startSeconds: NOW, windowHours: 24 });
  });

  test('of several starts a day gives the one that gains the most, at all hours of the day', () => {
    // At 20 there is nothing to gain before 8; at 8 there is.
    const at = (hour: number) =>
      shiftAdvice({
        ...nightly,
        schedule: '0 8,20 * * *',
        nowSeconds: NOW + hour * HOUR,
        history: hours(-144, 168, sunny),
      });
    for (const hour of [0, 7, 8, 9, 15, 20, 21]) {
      const advice = at(hour);
      if (advice.kind !== 'shift') throw new Error(`${hour}: ${advice.reason}`);
      expect((advice.startSeconds - NOW) % (24 * HOUR)).toBe(8 * HOUR);
      expect(advice.proposedSeconds - advice.startSeconds).toBe(2 * HOUR);
    }
  });

  test('of several starts that gain gives the one that gains more', () => {
    const history = hours(-168, 192, (hour) => (hour >= 20 && hour < 23 ? 350 : sunny(hour)));
    for (const hour of [0, 9]) {
      const advice = shiftAdvice({ ...nightly, schedule: '0 8,18 * * *', nowSeconds: NOW + hour * HOUR, history });
      expect(advice).toMatchObject({ startSeconds: NOW + (hour === 0 ? 8 : 32) * HOUR, promisedShare: 0.75 });
    }
    const alone = shiftAdvice({ ...nightly, schedule: '0 18 * * *', windowHours: 14, history });
    expect(alone).toMatchObject({ promisedShare: 0.125 });
  });

  test('that is not understood or never comes moves nothing', () => {
    expect(shiftAdvice({ ...nightly, schedule: 'often' })).toEqual({ kind: 'stay', reason: 'schedule' });
    expect(shiftAdvice({ ...nightly, schedule: '0 0 30 2 *' })).toEqual({ kind: 'stay', reason: 'schedule' });
  });
});

describe('the past', () => {
  test('of less than two days says nothing', () => {
    expect(shiftAdvice({ ...nightly, history: hours(-40, 40, sunny) })).toEqual({ kind: 'stay', reason: 'no-data' });
    expect(shiftAdvice({ ...nightly, history: [] })).toEqual({ kind: 'stay', reason: 'no-data' });
  });

  test('is its longest stretch without a gap', () => {
    const holed = [...hours(-168, 20, () => 1), ...hours(-140, 140, sunny)];
    expect(shiftAdvice({ ...nightly, history: holed })).toMatchObject({ promisedShare: 0.75 });
    expect(shiftAdvice({ ...nightly, history: [...holed].reverse() })).toMatchObject({ promisedShare: 0.75 });
  });
});
