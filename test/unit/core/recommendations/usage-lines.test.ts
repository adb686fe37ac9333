import { describe, expect, it } from 'vitest';
import type { UsageKey } from '../../../../src/core/ports/usage-hours.ts';
import { groupUsage, HourlyUsage, linesByKey } from '../../../../src/core/recommendations/usage-lines.ts';
import { usageKeyOf } from '../../../../src/core/recommendations/workload-case.ts';
import { packed } from './made-cluster.ts';

const key = (ownerName: string, team: string | null = null): UsageKey => ({
  namespace: 'shop',
  ownerKind: 'Deployment',
  ownerName,
  team,
  node: null,
});

const usage = packed(
  [key('a', 'red'), key('b'), key('a', 'blue'), key('none')],
  [
    { key: 0, hour: 0, values: { podCount: 1, joules: 10, cpuPeakPodMillicores: 50 } },
    { key: 0, hour: 1, values: { podCount: 1, joules: 20, cpuPeakPodMillicores: 60 } },
    { key: 1, hour: 1, values: { podCount: 2, joules: 5 } },
    { key: 2, hour: 1, values: { podCount: 1, joules: 7, cpuPeakPodMillicores: 90 } },
    { key: 2, hour: 3, values: { podCount: 1, joules: 1, cpuPeakPodMillicores: 10 } },
  ],
);

describe('lines by key', () => {
  it('are stretches, empty where a key has none', () => {
    expect(linesByKey(usage)).toEqual([
      { from: 0, to: 2 },
      { from: 2, to: 3 },
      { from: 3, to: 5 },
      { from: 0, to: 0 },
    ]);
  });

  it('of nothing are nothing', () => {
    expect(linesByKey(packed([], []))).toEqual([]);
  });
});

describe('groups', () => {
  it('put a workload of two teams together and leave out keys without lines', () => {
    const groups = groupUsage(usage, usageKeyOf);
    expect(groups.map((group) => group.key.ownerName)).toEqual(['a', 'b']);
    expect(groups[0]?.lines).toHaveLength(2);
  });
});

describe('hours of one thing', () => {
  const [a] = groupUsage(usage, usageKeyOf);
  const hours = new HourlyUsage(usage, a?.lines ?? [], 4);

  it('are NaN where there is no data, sums where keys meet', () => {
    expect([...hours.column('joules')]).toEqual([10, 27, Number.NaN, 1]);
    expect(hours.observed).toBe(3);
    expect(hours.hours).toBe(4);
  });

  it('of peaks take the highest', () => {
    expect([...hours.column('cpuPeakPodMillicores')]).toEqual([50, 90, Number.NaN, 10]);
  });

  it('are made once', () => {
    expect(hours.column('joules')).toBe(hours.column('joules'));
  });

  it('are summed, all or some', () => {
    expect(hours.sum('joules')).toBe(38);
    expect(hours.sum('joules', (hour) => hour > 0)).toBe(28);
  });

  it('are listed without gaps, or charted with them', () => {
    expect(hours.known('joules')).toEqual([10, 27, 1]);
    expect(hours.series('joules', 0.1)).toEqual([1, 2.7, null, 0.1]);
  });

  it('outside the range are ignored', () => {
    expect([...new HourlyUsage(usage, a?.lines ?? [], 2).column('joules')]).toEqual([10, 27]);
  });
});
