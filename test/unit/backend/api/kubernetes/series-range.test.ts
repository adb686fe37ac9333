import { describe, expect, it } from 'vitest';
import { pointsOf } from '../../../../../src/backend/api/kubernetes/metrics.ts';
import { MOST_POINTS, seriesRange } from '../../../../../src/backend/api/kubernetes/series-range.ts';
import { AT, resourceMetric } from '../../../../fakes/backend/kube-objects.ts';

const HOUR = 3600;
const hourly = { stepSeconds: HOUR, defaultSeconds: 24 * HOUR, coarser: 'period_type daily' };
const NOW = Date.UTC(2026, 2, 11, 10, 7) / 1000;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
const range = (start?: string, end?: string, step: Parameters<typeof seriesRange>[1] = hourly) => {
  const { startSeconds, endSeconds } = seriesRange({ start, end }, step, NOW);
  return [iso(startSeconds), iso(endSeconds)];
};

describe('the range of a series', () => {
  it('is the last day in whole steps where nothing is given', () => {
    expect(range()).toEqual(['2026-03-10T10:00:00.000Z', '2026-03-11T11:00:00.000Z']);
  });

  it('is moved out to whole steps, never in', () => {
    expect(range('2026-03-11T08:59:59Z', '2026-03-11T09:00:01Z')).toEqual([
      '2026-03-11T08:00:00.000Z',
      '2026-03-11T10:00:00.000Z',
    ]);
  });

  it('counts back from its end where no start is given', () => {
    expect(range(undefined, '2026-01-02T00:00:00Z')[0]).toBe('2026-01-01T00:00:00.000Z');
  });

  it.each([
    ['2026-03-11T10:00:00Z', '2026-03-11T10:00:00Z', 'start must lie before end'],
    ['2026-03-12T10:00:00Z', undefined, 'start must lie before end'],
    ['1960-01-01T00:00:00Z', undefined, 'start lies before 1970'],
    ['2020-01-01T00:00:00Z', undefined, 'choose period_type daily, or a shorter range'],
  ])('%s to %s is refused', (start, end, words) => {
    expect(() => range(start, end)).toThrow(words);
  });

  it('has so many points and no more', () => {
    const start = (points: number) => iso(Math.ceil(NOW / HOUR) * HOUR - points * HOUR);
    expect(() => range(start(MOST_POINTS))).not.toThrow();
    expect(() => range(start(MOST_POINTS + 1))).toThrow('more than 2,000 points');
    expect(() => range(start(9000), undefined, { ...hourly, isUnbounded: true })).not.toThrow();
    expect(() => range(start(9000), undefined, { ...hourly, coarser: null })).toThrow('choose a shorter range');
  });
});

describe('points of usage', () => {
  it('are in order of time, whatever the order of rows', () => {
    const rows = [AT + 600, AT, AT + 300].map((collectedAtSeconds) => resourceMetric({ collectedAtSeconds }));
    expect(pointsOf(rows, 300).map(({ timestamp }) => timestamp)).toEqual([
      '2026-03-11T09:00:00Z',
      '2026-03-11T09:05:00Z',
      '2026-03-11T09:10:00Z',
    ]);
  });

  it('take the mean of what was measured, and count every sample', () => {
    const [point] = pointsOf(
      [
        resourceMetric({ cpuUsageCores: 2, memoryUsageBytes: null, restarts: 1, oomKills: 1 }),
        resourceMetric({ cpuUsageCores: null, memoryUsageBytes: 4e9, restarts: 2, oomKills: 0 }),
        resourceMetric({ cpuUsageCores: 4, memoryUsageBytes: 2e9, restarts: 0, oomKills: 3 }),
      ],
      3600,
    );
    expect(point).toMatchObject({
      cpu_usage_cores: 3,
      memory_usage_bytes: 3e9,
      restarts: 3,
      oom_kills: 4,
      sample_count: 3,
    });
  });

  it('are none where nothing was stored', () => {
    expect(pointsOf([], 300)).toEqual([]);
  });
});
