import { describe, expect, it } from 'vitest';
import { analysisContext } from '../../../../src/core/recommendations/analysis-context.ts';
import { type CarbonWork, carbonWork, runHours, usualStart } from '../../../../src/core/recommendations/carbon-work.ts';
import { HourlyUsage, linesByKey } from '../../../../src/core/recommendations/usage-lines.ts';
import { buildCase, LayoutIndex } from '../../../../src/core/recommendations/workload-case.ts';
import { keyOf, type MadeCluster, type MadeWorkload, made, START, specOf } from './made-cluster.ts';

function workOf(workload: MadeWorkload, cluster: Omit<MadeCluster, 'workloads'> = {}): CarbonWork | null {
  const job = { kind: 'CronJob', name: 'rollup', pods: 1, ...workload };
  const input = made({ ...cluster, workloads: [job] });
  if (input.layout === null) throw new Error('no layout');
  const context = analysisContext(input, input.layout);
  const usage = new HourlyUsage(input.workloads, linesByKey(input.workloads), context.hours);
  const index = new LayoutIndex(input.layout);
  return carbonWork(context, buildCase('cluster-1', keyOf(job), specOf(job), usage, index, 7));
}

const nightly = (hour: number) => hour % 24 >= 2 && hour % 24 < 5;

describe('when work was done', () => {
  it('are its hours with energy, in runs', () => {
    const work = workOf({ seen: nightly });
    expect(work?.hours).toHaveLength(21);
    expect(work?.days).toBe(7);
    expect(work?.runs.slice(0, 2)).toEqual([
      { from: 2, to: 5 },
      { from: 26, to: 29 },
    ]);
    expect(work?.known).toHaveLength(168);
  });

  it('does not count hours in which pods only waited', () => {
    expect(workOf({ seen: nightly, watts: (hour) => (hour % 24 === 3 ? 5 : 0) })?.hours).toHaveLength(7);
    expect(workOf({ seen: nightly, watts: 0 })).toBeNull();
  });

  it('is on the days of its own clock', () => {
    const twice = (hour: number) => hour % 24 === 1 || hour % 24 === 23;
    expect(workOf({ seen: twice })?.days).toBe(7);
    // 23:00 UTC is the day after there.
    expect(workOf({ seen: twice, spec: { timeZone: 'Asia/Tokyo' } })?.days).toBe(8);
  });

  it('has the intensity of its energy, beside the plain mean', () => {
    const watts = (hour: number) => (hour % 24 === 2 ? 3 : 1);
    const work = workOf({ seen: nightly, watts }, { intensity: (hour) => (hour % 24 === 2 ? 500 : 100) });
    expect(work?.own).toBeCloseTo((3 * 500 + 2 * 100) / 5, 9);
    expect(work?.mean).toBeCloseTo((500 + 23 * 100) / 24, 9);
  });

  it('says nothing on fewer than three days, or by less of the grid than the setting asks for', () => {
    expect(workOf({ seen: (hour) => nightly(hour) && hour < 48 })).toBeNull();
    expect(workOf({ seen: (hour) => nightly(hour) && hour < 72 })).not.toBeNull();
    expect(workOf({ seen: nightly }, { thresholds: { minHours: 168 } })).not.toBeNull();
    expect(workOf({ seen: nightly }, { thresholds: { minHours: 169 } })).toBeNull();
    expect(workOf({ seen: nightly }, { intensity: 0 })).toBeNull();
  });
});

describe('hours of a run', () => {
  const lasting = (...lengths: number[]) => ({
    runs: lengths.map((length, day) => ({ from: day * 24, to: day * 24 + length })),
  });

  it('are the median of the runs, and at least one', () => {
    expect(runHours(lasting(3, 3, 3))).toBe(3);
    expect(runHours(lasting(1, 9, 2))).toBe(2);
    expect(runHours(lasting(2, 3))).toBe(3);
    expect(runHours({ runs: [] })).toBe(1);
  });

  it('leave out what the range cuts off', () => {
    const nights = (hour: number) => hour % 24 >= 20 || hour % 24 < 2;
    const work = workOf({ seen: nights });
    expect(work?.runs).toHaveLength(6);
    expect(work === null ? null : runHours(work)).toBe(6);
  });

  it('are all, where it never stops', () => {
    const work = workOf({});
    expect(work?.runs).toEqual([{ from: 0, to: 168 }]);
  });
});

describe('the usual start', () => {
  const runs = (...from: number[]) => ({ runs: from.map((hour) => ({ from: hour, to: hour + 2 })) });

  it('is the hour of the day at which all runs began', () => {
    expect(usualStart(runs(2, 26, 50), START)).toBe(2);
    expect(usualStart(runs(2, 26, 50), START + 5 * 3600)).toBe(7);
  });

  it('is none where one began at another', () => {
    expect(usualStart(runs(2, 27, 50), START)).toBeNull();
    expect(usualStart(runs(), START)).toBeNull();
  });
});
