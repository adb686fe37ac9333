import { describe, expect, it } from 'vitest';
import { needOf, shareUsed } from '../../../../src/core/recommendations/need.ts';
import { HourlyUsage } from '../../../../src/core/recommendations/usage-lines.ts';
import { GIB, type MadeWorkload, MIB, made } from './made-cluster.ts';

function usageOf(workload: MadeWorkload, hours = 100): HourlyUsage {
  const { workloads } = made({ workloads: [workload], hours });
  return new HourlyUsage(workloads, [{ from: 0, to: workloads.keyIndex.length }], hours);
}

describe('what a pod needed', () => {
  it('is its mean, the P95 of hourly peaks and their maximum', () => {
    const need = needOf(usageOf({ pods: 3, cpu: 100, cpuPeak: (hour) => hour + 101 }), 'cpu');
    expect(need.mean).toBeCloseTo(100, 9);
    expect(need.p95).toBe(195);
    expect(need.maximum).toBe(200);
    expect(need.hasPeaks).toBe(true);
    expect(need.peaks[0]).toBe(101);
  });

  it('of memory is in bytes', () => {
    const need = needOf(usageOf({ memory: 100 * MIB, memoryPeak: 150 * MIB }), 'memory');
    expect([need.mean, need.maximum]).toEqual([100 * MIB, 150 * MIB]);
  });

  it('is never below the mean, where the peak column is empty', () => {
    const need = needOf(usageOf({ cpu: 100, cpuPeak: 0 }), 'cpu');
    expect(need.maximum).toBeCloseTo(100, 9);
    expect(need.hasPeaks).toBe(false);
  });

  it('has peaks where at least half of the hours do', () => {
    const from = (first: number) => needOf(usageOf({ cpu: 100, cpuPeak: (hour) => (hour < first ? 150 : 100) }), 'cpu');
    expect([from(49).hasPeaks, from(50).hasPeaks]).toEqual([false, true]);
  });

  it('is null in hours without data, not zero', () => {
    const need = needOf(usageOf({ cpu: 100, seen: (hour) => hour !== 5 }), 'cpu');
    expect([need.means[5], need.peaks[5]]).toEqual([null, null]);
    expect(need.mean).toBeCloseTo(100, 9);
  });

  it('is steady where the halves are within half as much again', () => {
    const grows = (to: number) => needOf(usageOf({ cpu: 100, cpuPeak: (hour) => (hour < 50 ? 200 : to) }), 'cpu');
    expect([grows(300).isStable, grows(301).isStable, grows(130).isStable]).toEqual([true, false, false]);
  });

  it('without any data is not a number, and found to be nothing', () => {
    const need = needOf(usageOf({ seen: () => false }), 'cpu');
    expect(need.p95).toBeNaN();
    expect(need.hasPeaks).toBe(false);
  });
});

describe('use over request', () => {
  it('is the one of the hours where nothing changed', () => {
    const usage = usageOf({ cpuRequest: 1000, cpu: 250 });
    expect(shareUsed(usage, 'cpu', 1000, needOf(usage, 'cpu'))).toBeCloseTo(0.25, 12);
  });

  it('is by the request of today where that is smaller', () => {
    const usage = usageOf({ cpuRequest: 1000, cpu: 250 });
    expect(shareUsed(usage, 'cpu', 500, needOf(usage, 'cpu'))).toBeCloseTo(0.5, 12);
  });

  it('is by the hours where that is more', () => {
    const usage = usageOf({ memoryRequest: GIB, memory: 0.5 * GIB });
    expect(shareUsed(usage, 'memory', 4 * GIB, needOf(usage, 'memory'))).toBeCloseTo(0.5, 12);
  });

  it('of nothing that was asked for is 0', () => {
    const usage = usageOf({ cpuRequest: null, cpu: 100 });
    expect(shareUsed(usage, 'cpu', 0, needOf(usage, 'cpu'))).toBe(0);
  });
});
