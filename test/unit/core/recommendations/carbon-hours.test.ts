import { describe, expect, it } from 'vitest';
import { bestHour, type HourOfWork, worthOfHour } from '../../../../src/core/recommendations/carbon-hours.ts';
import { localHours } from '../../../../src/core/recommendations/local-hours.ts';
import { START } from './made-cluster.ts';

const local = localHours({ startSeconds: START, endSeconds: START + 72 * 3600 }, 'UTC');
const day = (of: (hour: number) => number | null) => local.map(({ hour }) => of(hour));

function work(hours: readonly number[], gramsPerKwh = 400): HourOfWork[] {
  return hours.map((hour) => {
    const at = local[hour];
    if (at === undefined) throw new Error('outside');
    return { hour, at, weight: 1, gramsPerKwh };
  });
}

describe('the best hour of the usual day', () => {
  it('is the start of the cleanest stretch', () => {
    expect(
      bestHour(
        day((hour) => Math.abs(hour - 13) + 100),
        local,
        1,
      ),
    ).toBe(13);
    expect(
      bestHour(
        day((hour) => Math.abs(hour - 13) + 100),
        local,
        3,
      ),
    ).toBe(12);
  });

  it('is the earliest on a tie', () => {
    expect(
      bestHour(
        day(() => 200),
        local,
        4,
      ),
    ).toBe(0);
  });

  it('may lead over midnight', () => {
    expect(
      bestHour(
        day((hour) => (hour === 23 || hour === 0 ? 10 : 300)),
        local,
        2,
      ),
    ).toBe(23);
  });

  it('needs every hour of the day', () => {
    expect(
      bestHour(
        day((hour) => (hour === 5 ? null : 100)),
        local,
        1,
      ),
    ).toBeNull();
  });
});

describe('what an hour would have been worth', () => {
  const flat = day((hour) => (hour === 12 ? 100 : 400));

  it('is the share of the carbon saved on the days that were seen', () => {
    expect(worthOfHour(flat, local, work([1, 25, 49]), 12, 1)).toBeCloseTo(0.75, 12);
  });

  it('is below 0 where it would have been worse', () => {
    expect(worthOfHour(flat, local, work([12, 36], 100), 1, 1)).toBeCloseTo(-3, 12);
  });

  it('leaves out days whose hours are not known', () => {
    const holes = flat.map((value, hour) => (hour === 12 ? null : value));
    expect(worthOfHour(holes, local, work([1, 25]), 12, 1)).toBeCloseTo(0.75, 12);
    expect(worthOfHour(holes, local, work([1]), 12, 1)).toBe(0);
  });

  it('takes the mean of a longer run', () => {
    expect(worthOfHour(flat, local, work([1, 2]), 12, 2)).toBeCloseTo(1 - 250 / 400, 12);
  });
});
