import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readHourlyZones } from '../../../../bench/timeshift/hourly-zones.ts';
import { backTest } from '../../../../src/core/time-shift/back-test.ts';

const file = join(import.meta.dirname, '../../../fixtures/grid/hourly_intensity_us_2022.csv');

test.each([
  ['US-CAL-CISO', 29.0, 26.7],
  ['US-TEX-ERCO', 14.0, 3.3],
])('a year of %s, in percent: %f by foresight, %f by the day before', (zone, foresight, realised) => {
  const values = readHourlyZones(readFileSync(file, 'utf8')).get(zone) ?? [];
  expect(values).toHaveLength(8760);
  const result = backTest(values, { durationHours: 4, windowHours: 24 });
  expect(Math.abs((result?.foresightShare ?? 0) * 100 - foresight)).toBeLessThan(0.3);
  expect(Math.abs((result?.realisedShare ?? 0) * 100 - realised)).toBeLessThan(0.3);
  expect(result?.worseShare).toBeGreaterThan(0.05);
  expect(result?.worseShare).toBeLessThan(0.3);
});

const csv = (...lines: readonly string[]) => ['zone,hour_utc,gco2e_per_kwh', ...lines, ''].join('\n');

test('a short gap is bridged in a straight line', () => {
  const read = readHourlyZones(csv('A,2022-01-01T00:00Z,100', 'A,2022-01-01T03:00Z,400', 'B,2022-01-01T00:00Z,7'));
  expect(read).toEqual(
    new Map([
      ['A', [100, 200, 300, 400]],
      ['B', [7]],
    ]),
  );
});

test('a long gap, hours out of order and what is no hour are refused', () => {
  expect(() => readHourlyZones(csv('A,2022-01-01T00:00Z,1', 'A,2022-01-03T00:00Z,1'))).toThrow('does not follow');
  expect(() => readHourlyZones(csv('A,2022-01-01T01:00Z,1', 'A,2022-01-01T01:00Z,1'))).toThrow('does not follow');
  expect(() => readHourlyZones(csv('A,soon,1'))).toThrow('does not follow');
});
