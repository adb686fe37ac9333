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
  joulesPerRun: 3.6e6,
  pue: 1.2,
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
      by: 'day-before',
      promisedShare: 0.75,
      realisedShare: 0.75,
      worseShare: 0,
      forecastErrorShare: 0,
      runsPerDay: 1,
      // 1 kWh × 1.2 × 300 g less.
      co2eGramsPerDay: { low: 0, central: expect.closeTo(360, 9), high: expect.closeTo(360, 9) },
    });
  });

  test('starts by the forecast where it knows every hour', () => {
    const forecast = hours(0, 30, (hour) => (hour >= 20 ? 50 : 400));
    const advice = shiftAdvice({ ...nightly, forecast, forecastErrorShare: 0.1 });
    expect(advice).toMatchObject({ by: 'forecast', proposedSeconds: NOW + 20 * HOUR, promisedShare: 0.875 });
    // Promised: 350 g of 400; so far such choices brought 300.
    expect(advice).toMatchObject({
      co2eGramsPerDay: { central: expect.closeTo(360, 9), high: expect.closeTo(420, 9) },
    });
    expect(shiftAdvice({ ...nightly, forecast: forecast.slice(0, 20) })).toMatchObject({ by: 'day-before' });
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
    // Every 6 h from 2: the window ends at 8, before the sun.
    expect(shiftAdvice({ ...nightly, schedule: '0 2-23/6 * * *' })).toEqual({ kind: 'stay', reason: 'not-worthwhile' });
    expect(shiftAdvice({ ...nightly, schedule: '0 8,20 * * *' })).toMatchObject({
      startSeconds: NOW + 8 * HOUR,
      proposedSeconds: NOW + 10 * HOUR,
      runsPerDay: 2,
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
    expect(shiftAdvice({ ...nightly, schedule: '0 2 * * 1' })).toMatchObject({ runsPerDay: 1 / 7 });
    expect(shiftAdvice({ ...nightly, schedule: '0 2 20 * *' })).toMatchObject({ runsPerDay: 1 / 32 });
  });

  test('of a Job is now, once', () => {
    expect(shiftAdvice({ ...nightly, schedule: null })).toMatchObject({ startSeconds: NOW, runsPerDay: 1 });
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
