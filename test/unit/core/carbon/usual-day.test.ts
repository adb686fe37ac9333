import { describe, expect, test } from 'vitest';
import { usualDay } from '../../../../src/core/carbon/usual-day.ts';
import type { IntensityRecord } from '../../../../src/model/grid.ts';

const HOUR = 3600;
const MIDNIGHT = Date.UTC(2026, 2, 10) / 1000;

function record(startSeconds: number, gramsPerKwh: number, more: Partial<IntensityRecord> = {}): IntensityRecord {
  return {
    ...{ zone: 'DE', startSeconds, durationSeconds: HOUR, gramsPerKwh, kind: 'average' as const },
    ...{ factorType: 'lifecycle' as const, isEstimated: false, isForecast: false, source: 'test' },
    ...more,
  };
}

/** Hour h of day d has 100 + h + 10 d. */
const days = (count: number) =>
  Array.from({ length: count * 24 }, (_, index) => {
    const day = Math.floor(index / 24);
    return record(MIDNIGHT - (count - day) * 86_400 + (index % 24) * HOUR, 100 + (index % 24) + 10 * day);
  });

describe('the usual day', () => {
  test('is the mean of each hour of the day, laid on the hours asked for', () => {
    const usual = usualDay(days(3), MIDNIGHT + 22 * HOUR, 4);
    expect(usual?.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([132, 133, 110, 111]);
    expect(usual?.map(({ startSeconds }) => (startSeconds - MIDNIGHT) / HOUR)).toEqual([22, 23, 24, 25]);
  });

  test('is unknown from fewer than three days, or with an hour of the day missing', () => {
    expect(usualDay(days(2), MIDNIGHT, 24)).toBeNull();
    expect(usualDay([], MIDNIGHT, 24)).toBeNull();
    expect(
      usualDay(
        days(3).filter(({ startSeconds }) => (startSeconds / HOUR) % 24 !== 5),
        MIDNIGHT,
        24,
      ),
    ).toBeNull();
  });

  test('follows the clock of the world over midnight and over days', () => {
    const usual = usualDay(days(7), MIDNIGHT + 20 * HOUR, 48);
    expect(usual).toHaveLength(48);
    expect(usual?.[0]?.gramsPerKwh).toBe(usual?.[24]?.gramsPerKwh);
    expect(usual?.[4]).toEqual({ startSeconds: MIDNIGHT + 24 * HOUR, gramsPerKwh: 130 });
  });

  test('forecasts and marginal values are no part of it', () => {
    const odd = [record(MIDNIGHT, 9999, { isForecast: true }), record(MIDNIGHT, 9999, { kind: 'marginal' })];
    expect(usualDay([...days(3), ...odd], MIDNIGHT, 1)).toEqual([{ startSeconds: MIDNIGHT, gramsPerKwh: 110 }]);
  });

  test('an hour that is seen on three days is enough, wherever in the list it stands', () => {
    const whole = days(3);
    const [first, ...rest] = whole;
    if (first === undefined) throw new Error('records');
    expect(usualDay(rest, MIDNIGHT, 1)).toBeNull();
    expect(usualDay([...rest, first], MIDNIGHT, 1)).toEqual(usualDay(whole, MIDNIGHT, 1));
  });

  test('estimates count as values; a day that is given twice counts twice', () => {
    const guessed = days(3).map((each) => ({ ...each, isEstimated: true }));
    expect(usualDay(guessed, MIDNIGHT, 1)).toEqual([{ startSeconds: MIDNIGHT, gramsPerKwh: 110 }]);
    // Of 100, 110 and 120, the first once more.
    expect(usualDay([...days(3), ...days(3).slice(0, 24)], MIDNIGHT, 1)?.[0]?.gramsPerKwh).toBe(107.5);
  });

  test('a stretch of no hours is empty, and a value within the hour belongs to it', () => {
    expect(usualDay(days(3), MIDNIGHT, 0)).toEqual([]);
    const late = days(3).map((each) => ({ ...each, startSeconds: each.startSeconds + 1800 }));
    expect(usualDay(late, MIDNIGHT + 23 * HOUR, 2)?.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([133, 110]);
  });
});
