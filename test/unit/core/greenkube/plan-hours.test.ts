import { describe, expect, it } from 'vitest';
import { planHours, windowOf } from '../../../../src/core/greenkube/plan-hours.ts';
import type { GreenKubeHour } from '../../../../src/core/ports/greenkube-source.ts';
import { SEVEN } from '../../../fakes/greenkube/rows.ts';

const planOf = (part: Partial<GreenKubeHour>) =>
  planHours([{ startSeconds: SEVEN, rawRows: 0, longestSeconds: null, hourlySamples: 0, ...part }]).get(SEVEN);

describe('the plan of an hour', () => {
  it.each<[string, Partial<GreenKubeHour>, string, number]>([
    ['raw lines alone make windows of five minutes', { rawRows: 36, longestSeconds: 300 }, 'raw', 300],
    ['an hourly line alone makes one window', { hourlySamples: 36 }, 'hourly', 3600],
    ['both with as many samples are taken raw', { rawRows: 36, hourlySamples: 36 }, 'raw', 300],
    ['pruned raw lines give way to what was summed before', { rawRows: 18, hourlySamples: 36 }, 'hourly', 3600],
    ['an hourly line of fewer samples gives way', { rawRows: 36, hourlySamples: 12 }, 'raw', 300],
    ['samples of an hour make one window of it', { rawRows: 3, longestSeconds: 3600 }, 'raw', 3600],
    ['samples of six minutes do not fit into five', { rawRows: 3, longestSeconds: 360 }, 'raw', 3600],
    ['lines that count no samples are still lines', { rawRows: 0, hourlySamples: 0 }, 'hourly', 3600],
  ])('%s', (_, hour, origin, windowSeconds) => {
    expect(planOf(hour)).toEqual({ origin, windowSeconds });
  });

  it('puts instants into windows that never cross the hour', () => {
    const five = { origin: 'raw', windowSeconds: 300 } as const;
    expect(windowOf(SEVEN + 299, five)).toEqual({ startSeconds: SEVEN, durationSeconds: 300 });
    expect(windowOf(SEVEN + 300, five)).toEqual({ startSeconds: SEVEN + 300, durationSeconds: 300 });
    const hour = { origin: 'hourly', windowSeconds: 3600 } as const;
    expect(windowOf(SEVEN + 3599, hour)).toEqual({ startSeconds: SEVEN, durationSeconds: 3600 });
  });
});
