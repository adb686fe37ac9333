import { describe, expect, it } from 'vitest';
import { type Idleness, idlenessOf, isIdle, sayTime, sayWatts } from '../../../../src/core/recommendations/idleness.ts';
import { HourlyUsage } from '../../../../src/core/recommendations/usage-lines.ts';
import { type MadeWorkload, made } from './made-cluster.ts';

function usageOf(workload: MadeWorkload): HourlyUsage {
  const { workloads } = made({ workloads: [workload], hours: 24 });
  return new HourlyUsage(workloads, [{ from: 0, to: workloads.keyIndex.length }], 24);
}

describe('idleness', () => {
  it('is power of a pod or of all, and traffic of a pod', () => {
    const usage = usageOf({ pods: 4, watts: (hour) => (hour === 3 ? 1 : 0.1), bytesPerSecond: 50 });
    const pod = idlenessOf(usage, 'pod');
    const all = idlenessOf(usage, 'all');
    expect(pod.meanWatts).toBeCloseTo((1 + 23 * 0.1) / 24, 12);
    expect(all.meanWatts).toBeCloseTo(pod.meanWatts * 4, 12);
    expect(pod.highestWatts).toBeCloseTo(1, 12);
    expect([pod.bytesPerSecond, all.bytesPerSecond]).toEqual([50, 50]);
  });

  it('leaves hours without data out', () => {
    const idleness = idlenessOf(usageOf({ watts: 1, seen: (hour) => hour < 6 }), 'pod');
    expect(idleness.meanWatts).toBeCloseTo(1, 12);
    expect(idleness.watts[7]).toBeNull();
  });

  it('of nothing is not idle', () => {
    expect(isIdle(idlenessOf(usageOf({ seen: () => false }), 'pod'), 1)).toBe(false);
  });

  it.each<[Partial<Idleness>, boolean]>([
    [{}, true],
    [{ meanWatts: 0.05 }, false],
    [{ highestWatts: 0.249 }, true],
    [{ highestWatts: 0.25 }, false],
    [{ bytesPerSecond: 1023 }, true],
    [{ bytesPerSecond: 1024 }, false],
  ])('%j: %s', (values, expected) => {
    const idleness = { watts: [], meanWatts: 0.01, highestWatts: 0.02, bytesPerSecond: 10, ...values };
    expect(isIdle(idleness, 0.05)).toBe(expected);
  });

  it('is said in two digits, and in days from two on', () => {
    expect([sayWatts(0.012_34), sayWatts(0), sayWatts(1.25)]).toEqual(['0.012 W', '0 W', '1.3 W']);
    expect([sayTime(47), sayTime(48), sayTime(167), sayTime(168)]).toEqual(['47 h', '2 days', '6 days', '7 days']);
  });
});
