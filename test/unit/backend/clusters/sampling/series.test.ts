import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CounterSeries, GaugeSeries } from '../../../../../src/backend/clusters/sampling/series.ts';

const range = (startSeconds: number, endSeconds: number) => ({ startSeconds, endSeconds });

function counter(...samples: (readonly [number, number])[]): CounterSeries {
  const series = new CounterSeries();
  for (const [at, value] of samples) series.add(at, value);
  return series;
}

describe('a counter', () => {
  test('gains between samples in proportion', () => {
    const series = counter([0, 100], [60, 160], [120, 280], [180, 280]);
    expect(series.gain(range(0, 120))).toBe(180);
    expect(series.gain(range(30, 90))).toBe(30 + 60);
    expect(series.gain(range(120, 180))).toBe(0);
  });

  test('a range that samples only reach into goes on at the mean rate of the rest', () => {
    expect(counter([100, 0], [200, 50]).gain(range(0, 300))).toBe(150);
    expect(counter([100, 0], [200, 50]).gain(range(150, 300))).toBe(75);
  });

  test('says nothing without two samples that enclose a part of the range', () => {
    expect(counter().gain(range(0, 300))).toBeNull();
    expect(counter([100, 5]).gain(range(0, 300))).toBeNull();
    expect(counter([0, 1], [60, 2]).gain(range(60, 300))).toBeNull();
  });

  test('that begins anew counts on, once', () => {
    const series = counter([0, 1000], [60, 1030], [120, 12], [180, 42]);
    expect(series.gain(range(0, 180))).toBe(30 + 12 + 30);
  });

  test('the same measurement twice is one', () => {
    const series = counter([0, 0], [60, 60], [60, 60], [50, 55], [120, 120]);
    expect(series.gain(range(0, 120))).toBe(120);
  });

  test('a mean over the seconds before stands for the time since the last one', () => {
    const series = new CounterSeries();
    series.addCpu({ kind: 'rate', atSeconds: 115, cores: 2, overSeconds: 15 });
    series.addCpu({ kind: 'rate', atSeconds: 175, cores: 0.5, overSeconds: 15 });
    series.addCpu(null);
    expect(series.gain(range(100, 175))).toBe(30 + 30);
  });

  test('forgets what is old, and still knows what followed it', () => {
    const series = counter([0, 0], [60, 60], [120, 180], [180, 200]);
    series.forgetBefore(130);
    expect(series.first?.atSeconds).toBe(120);
    expect(series.gain(range(130, 180))).toBeCloseTo((20 * 50) / 60, 12);
    series.forgetBefore(900);
    expect(series.last?.atSeconds).toBe(180);
  });

  test('windows add up to their whole, wherever they are cut', () => {
    const samples = fc.array(fc.tuple(fc.integer({ min: 1, max: 90 }), fc.double({ min: 0, max: 1e6, noNaN: true })), {
      minLength: 2,
      maxLength: 30,
    });
    fc.assert(
      fc.property(samples, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (steps, share) => {
        const series = new CounterSeries();
        let at = 0;
        for (const [gap, raw] of steps) {
          series.add(at, raw);
          at += gap;
        }
        const end = series.last!.atSeconds;
        const cut = end * share;
        const whole = series.gain(range(0, end))!;
        const parts = series.gain(range(0, cut))! + series.gain(range(cut, end))!;
        expect(whole).toBeGreaterThanOrEqual(0);
        expect(Math.abs(parts - whole)).toBeLessThanOrEqual(1e-9 * Math.max(1, whole));
      }),
    );
  });
});

test('a gauge is the mean of its samples in the range, or nothing', () => {
  const series = new GaugeSeries();
  for (const [at, value] of [
    [0, 10],
    [60, 20],
    [60, 99],
    [120, 60],
    [180, null],
  ] as const)
    series.add(at, value);
  expect(series.mean(range(0, 60))).toBe(15);
  expect(series.mean(range(61, 200))).toBe(60);
  expect(series.mean(range(121, 300))).toBeNull();
  series.forgetBefore(60);
  expect(series.mean(range(0, 300))).toBe(40);
});
