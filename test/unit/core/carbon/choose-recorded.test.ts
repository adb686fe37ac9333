import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chooseRecorded } from '../../../../src/core/carbon/choose-recorded.ts';
import type { IntensityRecord } from '../../../../src/model/grid.ts';

const NOON = Date.UTC(2026, 2, 10, 12) / 1000;
const HOUR = 3600;

const record = (change: Partial<IntensityRecord> = {}): IntensityRecord => ({
  zone: 'DE',
  startSeconds: NOON,
  durationSeconds: HOUR,
  gramsPerKwh: 300,
  kind: 'average',
  factorType: 'lifecycle',
  isEstimated: false,
  isForecast: false,
  source: 'electricity-maps',
  ...change,
});

describe('a published intensity for an instant', () => {
  test('is the measured value of its hour', () => {
    const value = chooseRecorded(
      [record({ gramsPerKwh: 1, isEstimated: true }), record(), record({ gramsPerKwh: 2, startSeconds: NOON - HOUR })],
      NOON + 1800,
    );
    expect(value).toMatchObject({
      gramsPerKwh: 300,
      source: 'live',
      atSeconds: NOON,
      factor: { low: 0.95, high: 1.05 },
    });
  });

  test('is the publisher’s estimate where nothing was measured', () => {
    const value = chooseRecorded([record({ isEstimated: true }), record({ isForecast: true })], NOON);
    expect(value).toMatchObject({ source: 'estimated', factor: { low: 0.85, high: 1.15 } });
  });

  test.each([
    [HOUR, 'live'],
    [3 * HOUR - 1, 'live'],
    [3 * HOUR, null],
    [-1, null],
  ])('serves two hours after its own: %i s after its start', (late, source) => {
    expect(chooseRecorded([record()], NOON + late)?.source ?? null).toBe(source);
  });

  test('of another hour is as wide as an estimate', () => {
    expect(chooseRecorded([record()], NOON + HOUR)?.factor).toEqual({ low: 0.85, high: 1.15 });
    expect(chooseRecorded([record({ isEstimated: true })], NOON + HOUR)?.source).toBe('estimated');
  });

  test('is the youngest before, then a forecast of the hour', () => {
    const older = record({ startSeconds: NOON - HOUR, gramsPerKwh: 1 });
    expect(chooseRecorded([older, record()], NOON + HOUR)?.gramsPerKwh).toBe(300);
    const forecast = record({ isForecast: true, startSeconds: NOON + 9 * HOUR });
    expect(chooseRecorded([record(), forecast], NOON + 9 * HOUR)).toMatchObject({ source: 'estimated' });
    expect(chooseRecorded([forecast], NOON)).toBeNull();
  });

  test('is never a marginal one', () => {
    expect(chooseRecorded([record({ kind: 'marginal' })], NOON)).toBeNull();
  });

  test('does not depend on the order', () => {
    const any = fc.record({
      startSeconds: fc.integer({ min: -5, max: 5 }).map((hours) => NOON + hours * HOUR),
      isEstimated: fc.boolean(),
      isForecast: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.uniqueArray(any, { selector: (each) => JSON.stringify(each), maxLength: 12 }), (changes) => {
        const records = changes.map((change, index) => record({ ...change, gramsPerKwh: 100 + index }));
        const usual = chooseRecorded(records, NOON);
        const turned = chooseRecorded([...records].reverse(), NOON);
        expect(turned?.source).toBe(usual?.source);
        expect(turned?.atSeconds).toBe(usual?.atSeconds);
      }),
    );
  });
});
