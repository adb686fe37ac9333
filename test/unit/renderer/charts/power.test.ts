import { describe, expect, it } from 'vitest';
import { curveAt, latestWindow } from '../../../../src/renderer/charts/curve.ts';
import { addParts, meanWatts, partShares, partsTotal, shapePower } from '../../../../src/renderer/charts/power.ts';
import { at, coverage, HOUR, hourly, NO_PARTS, point, T0 } from './wire.ts';

const parts = { dynamic_joules: 36_000, idle_joules: 72_000, system_joules: 18_000, unallocated_joules: 54_000 };

describe('shapePower', () => {
  const answer = {
    ...hourly([]),
    timeseries: [
      point(at(0), undefined, 1, { parts, energy_low_joules: 162_000, energy_high_joules: 216_000 }),
      point(at(1), undefined, 1, { parts }),
    ],
    buckets: [coverage(at(0), HOUR), coverage(at(1), HOUR, 1800), coverage(at(2), HOUR, 0)],
  };
  const data = shapePower(answer);

  it('turns joules into mean watts of the collected seconds, from the floor up', () => {
    expect(data.series.map((series) => [series.label, series.values[0]])).toEqual([
      ['Dynamic', 10],
      ['Idle, reserved', 20],
      ['System', 5],
      ['Unallocated', 15],
    ]);
    expect(data.buckets[0]).toMatchObject({ total: 50, low: 45, high: 60, state: 'whole' });
  });

  it('does not halve the power of a half-collected hour', () => {
    expect(data.buckets[1]).toMatchObject({ total: 100, state: 'partial' });
  });

  it('leaves an hour without data null and gives its gap', () => {
    expect(data.series.every((series) => series.values[2] === null)).toBe(true);
    expect(data.buckets[2]?.total).toBeNull();
    expect(data.gaps).toEqual([{ startMs: at(2), endMs: at(3) }]);
  });

  it('means over what was collected, not over the range', () => {
    expect(data.total).toBeCloseTo(360_000 / 5400, 9);
  });
});

describe('parts', () => {
  it('adds up and shares', () => {
    expect(partsTotal(parts)).toBe(180_000);
    expect(partShares(parts)).toEqual([0.2, 0.4, 0.1, 0.3]);
    expect(partsTotal(addParts([parts, parts]))).toBe(360_000);
    expect(addParts([])).toEqual(NO_PARTS);
  });

  it('has no shares without energy, and no watts without time', () => {
    expect(partShares(NO_PARTS)).toBeNull();
    expect(meanWatts(10, 0)).toBeNull();
    expect(meanWatts(10, 5)).toBe(2);
  });
});

describe('power curve', () => {
  const points = [
    { utilisation: 1, watts: 72, low_watts: 66, high_watts: 80 },
    { utilisation: 0, watts: 18, low_watts: 15, high_watts: 22 },
    { utilisation: 0.5, watts: 50, low_watts: 45, high_watts: 56 },
  ];

  it('reads straight segments between its points, in any order', () => {
    expect(curveAt(points, 0.25)).toEqual({ watts: 34, low: 30, high: 39 });
    expect(curveAt(points, 1)).toEqual({ watts: 72, low: 66, high: 80 });
  });

  it('has no value off the curve', () => {
    expect(curveAt(points, 1.2)).toBeNull();
    expect(curveAt([], 0.5)).toBeNull();
  });

  it('finds the youngest window whatever the order', () => {
    const window = (hours: number) => ({
      timestamp: new Date(T0 + hours * 3.6e6).toISOString(),
      duration_seconds: 300,
      utilisation: hours / 10,
      watts: hours,
    });
    expect(latestWindow([window(1), window(3), window(2)])?.watts).toBe(3);
    expect(latestWindow([])).toBeNull();
  });
});
