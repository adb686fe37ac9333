import { describe, expect, test } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { shapePower } from '../../../../src/renderer/charts/power.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { at, hourly, NO_PARTS, point } from './wire.ts';

/** Two hours: the first was measured (±5 %), the second rests on defaults (half to double). */
const measured = point(at(0), undefined, 100, {
  co2e_low_grams: 76,
  co2e_high_grams: 84,
  embodied_low_grams: 19,
  embodied_high_grams: 21,
  energy_low_joules: 95_000,
  energy_high_joules: 105_000,
  parts: { ...NO_PARTS, dynamic_joules: 100_000 },
});
const guessed = point(at(1), undefined, 100, {
  co2e_low_grams: 40,
  co2e_high_grams: 160,
  embodied_low_grams: 10,
  embodied_high_grams: 40,
  energy_low_joules: 50_000,
  energy_high_joules: 200_000,
  parts: { ...NO_PARTS, dynamic_joules: 100_000 },
});
const answer = { ...hourly([{}, {}]), timeseries: [measured, guessed] };

describe('bounds of a chart', () => {
  test('are those of each bucket’s own sources, not of the whole', () => {
    const { buckets } = shapeStack(answer, MEASURES.carbon);
    expect(buckets.map(({ low, total, high }) => [low, total, high])).toEqual([
      [95, 100, 105],
      [50, 100, 200],
    ]);
  });

  test('of power too, in watts over what was collected', () => {
    const { buckets } = shapePower(answer);
    expect(buckets.map(({ low, high }) => [low, high])).toEqual([
      [95_000 / 3600, 105_000 / 3600],
      [50_000 / 3600, 200_000 / 3600],
    ]);
  });

  test('of several sources in one bucket add up', () => {
    const both = { ...answer, timeseries: [measured, { ...guessed, timestamp: measured.timestamp }] };
    const [first] = shapeStack(both, MEASURES.carbon).buckets;
    expect([first?.low, first?.total, first?.high]).toEqual([145, 200, 305]);
  });
});
