import { describe, expect, test } from 'vitest';
import { ServedHours } from '../../../../src/backend/grid/served-hours.ts';
import type { IntensityValue } from '../../../../src/model/coefficients.ts';
import { HOUR, NOON } from '../../../fakes/grid/grid-bench.ts';

const KEPT = 72 * HOUR;
const value = (gramsPerKwh: number, more: Partial<IntensityValue> = {}): IntensityValue => ({
  ...{ gramsPerKwh, zone: 'DE', source: 'live', factorType: 'lifecycle', atSeconds: NOON },
  factor: { low: 0.95, high: 1.05 },
  ...more,
});
const range = (from: number, to: number) => ({ startSeconds: NOON + from * HOUR, endSeconds: NOON + to * HOUR });
const nothing = () => null;

describe('hours that were served', () => {
  test('change where the value, its rung, its width or its factors are others', () => {
    const served = new ServedHours(NOON, KEPT);
    for (let hour = 0; hour < 5; hour += 1) served.note('DE', NOON + hour * HOUR + 300, value(100), NOON + 5 * HOUR);
    const others = [
      value(100),
      value(101),
      value(100, { source: 'estimated' }),
      value(100, { factor: { low: 0.85, high: 1.15 } }),
      value(100, { factorType: 'direct' }),
    ];
    const after = (at: number) => others[Math.floor((at - NOON) / HOUR)] ?? null;
    expect(served.changed('DE', range(0, 5), nothing, after)).toEqual(range(1, 5));
    expect(served.changed('DE', range(0, 1), nothing, after)).toBeNull();
    expect(served.changed('FR', range(0, 5), nothing, after)).toBeNull();
  });

  test('are compared at the instant that they were served for', () => {
    const served = new ServedHours(NOON, KEPT);
    served.note('DE', NOON + 1500, value(100), NOON + HOUR);
    const asked: number[] = [];
    served.changed('DE', range(0, 1), nothing, (at) => {
      asked.push(at);
      return value(100);
    });
    expect(asked).toEqual([NOON + 1500]);
  });

  test('keep what they were served with last', () => {
    const served = new ServedHours(NOON, KEPT);
    served.note('DE', NOON, value(100), NOON + HOUR);
    served.note('DE', NOON, value(200), NOON + HOUR);
    expect(served.changed('DE', range(0, 1), nothing, () => value(200))).toBeNull();
    expect(served.changed('DE', range(0, 1), nothing, () => value(100))).toEqual(range(0, 1));
  });

  test('stay unchanged where there is nothing better', () => {
    const served = new ServedHours(NOON, KEPT);
    served.note('DE', NOON, value(400, { source: 'zone-year' }), NOON + HOUR);
    expect(served.changed('DE', range(0, 1), nothing, nothing)).toBeNull();
  });
});

describe('hours before this run', () => {
  test('change against what was kept of them; later ones that nobody was served do not', () => {
    const served = new ServedHours(NOON, KEPT);
    const after = () => value(100);
    expect(served.changed('DE', range(-3, 3), nothing, after)).toEqual(range(-3, 0));
    const before = (at: number) => (at < NOON - HOUR ? value(100) : value(90));
    expect(served.changed('DE', range(-3, 3), before, after)).toEqual(range(-1, 0));
    expect(served.changed('DE', range(-3, 3), after, after)).toBeNull();
  });

  test('are not noted when they are older than values can change', () => {
    const served = new ServedHours(NOON - 200 * HOUR, KEPT);
    served.note('DE', NOON - 100 * HOUR, value(100), NOON);
    expect(served.changed('DE', range(-100, -99), nothing, () => value(200))).toBeNull();
  });
});
