import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Timeseries } from '../../../../src/contract/schemas/metrics.ts';
import { ChartTable } from '../../../../src/renderer/charts/ChartTable.tsx';
import { granularityFor } from '../../../../src/renderer/charts/granularity.ts';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { highestTotal, highestValue } from '../../../../src/renderer/charts/stack-paths.ts';
import { TimeChart } from '../../../../src/renderer/charts/TimeChart.tsx';
import { timeTicks } from '../../../../src/renderer/charts/time-ticks.ts';
import { coverage, HOUR, hourly, point, T0 } from './wire.ts';

/** As `hourly`, with upper bounds of `times` the figure. */
function bounded(rows: readonly Readonly<Record<string, number>>[], times: number): Timeseries {
  const answer = hourly(rows);
  answer.timeseries = answer.timeseries.map((each) => ({
    ...each,
    co2e_high_grams: each.co2e_grams * times,
    embodied_high_grams: each.embodied_co2e_grams * times,
  }));
  return answer;
}

const TOP = 10;
const FLOOR = 244;

function drawn(answer: Timeseries, previous: readonly (number | null)[] = []) {
  const data = shapeStack(answer, MEASURES.carbon, previous);
  const { container } = render(
    <TimeChart data={data} title="Carbon" tz="UTC" currency="EUR" marks="columns" ghostLabel="before" />,
  );
  fireEvent.keyDown(screen.getByRole('button'), { key: 'ArrowRight' });
  const highestColumn = Math.min(
    ...[...container.querySelectorAll('[data-series] path')].flatMap((path) =>
      [...(path.getAttribute('d') ?? '').matchAll(/M[\d.]+ ([\d.]+)/g)].map((match) => Number(match[1])),
    ),
  );
  const whisker = container.querySelector('[data-whisker]');
  return { container, whisker, share: (FLOOR - highestColumn) / (FLOOR - TOP) };
}

describe('scale of a stack', () => {
  it('gives most of the height to the totals, however wide the bounds are', () => {
    for (const times of [1.1, 1.75, 4]) {
      const { share } = drawn(bounded([{ a: 80, b: 20 }], times));
      expect(share).toBeGreaterThan(0.85);
      expect(share).toBeLessThan(0.9);
      document.body.replaceChildren();
    }
  });

  it('ends a whisker in a cap where its bound is on the scale', () => {
    const { whisker } = drawn(bounded([{ a: 100 }], 1.1));
    expect(whisker?.querySelector('[data-cap]')).not.toBeNull();
    expect(whisker?.querySelector('[data-off-scale]')).toBeNull();
    expect(Number(whisker?.querySelector('[data-cap]')?.getAttribute('y1'))).toBeGreaterThan(TOP);
  });

  it('ends it in an arrow at the top edge where the bound is beyond; the card has the figure', () => {
    const { whisker } = drawn(bounded([{ a: 100 }], 1.75));
    expect(whisker?.querySelector('[data-cap]')).toBeNull();
    expect(whisker?.querySelector('[data-off-scale]')?.getAttribute('d')).toMatch(/L[\d.]+ 10L/);
    expect(screen.getByTestId('hover-card').textContent).toContain('Between90–175 g');
  });

  it('never draws the upper end above the plot', () => {
    const { whisker } = drawn(bounded([{ a: 100 }], 10));
    const ends = [...(whisker?.querySelectorAll('line') ?? [])].map((line) => Number(line.getAttribute('y1')));
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(TOP - 2);
  });

  it('holds the period before whole, also where it was higher', () => {
    const { container, share } = drawn(bounded([{ a: 50 }, { a: 40 }], 1.2), [100, 90]);
    const heights = [...(container.querySelector('[data-ghost] path')?.getAttribute('d') ?? '').matchAll(/ ([\d.]+)/g)];
    expect(Math.min(...heights.map((match) => Number(match[1])))).toBeGreaterThanOrEqual(TOP);
    expect(share).toBeLessThan(0.5);
  });

  it('is made of totals, with room, and of nothing in a gap', () => {
    const data = shapeStack(hourly([{ a: 10, b: 20 }, null, { a: 5 }]), MEASURES.carbon);
    expect(highestTotal(data)).toBe(30);
    expect(highestValue(data)).toBeCloseTo(33, 9);
    expect(highestTotal(shapeStack(hourly([null]), MEASURES.carbon))).toBe(0);
  });

  it('has the unit of the table twin, also just below a step of units', () => {
    const answer = hourly([{ a: 960 }]);
    drawn(answer);
    const units = screen.getAllByText(/^[\d.,]+ k?g$/).map((tick) => tick.textContent?.split(' ')[1]);
    expect([...new Set(units)]).toEqual(['g']);
    const data = shapeStack(answer, MEASURES.carbon);
    render(<ChartTable data={data} title="C" tz="UTC" currency="EUR" ghostLabel={null} onZoom={() => undefined} />);
    expect(screen.getByRole('columnheader', { name: 'Total, g CO₂e' })).toBeTruthy();
  });
});

const SECONDS = { '5m': 300, hour: HOUR, '2h': 2 * HOUR, '6h': 6 * HOUR, day: 24 * HOUR, week: 168 * HOUR } as const;

describe('ticks', () => {
  it.each([
    [1, '5m'],
    [6, '5m'],
    [24, 'hour'],
    [48, 'hour'],
    [7 * 24, '2h'],
    [14 * 24, '6h'],
    [30 * 24, '6h'],
    [90 * 24, 'day'],
    [365 * 24, 'week'],
  ] as const)('are one to six for %d h in %s', (hours, granularity) => {
    expect(granularityFor(hours * HOUR)).toBe(granularity);
    const seconds = SECONDS[granularity];
    for (const offset of [0, 1, 7, 13, 23]) {
      const startMs = T0 + offset * 3.6e6;
      const buckets = Array.from({ length: Math.ceil((hours * HOUR) / seconds) }, (_, index) => ({
        startMs: startMs + index * seconds * 1000,
        endMs: startMs + (index + 1) * seconds * 1000,
      }));
      const ticks = timeTicks(buckets, 'Europe/Paris');
      expect(ticks.length).toBeGreaterThanOrEqual(1);
      expect(ticks.length).toBeLessThanOrEqual(6);
      expect(ticks.every((tick) => buckets.some((bucket) => bucket.startMs === tick.atMs))).toBe(true);
      expect(ticks.every((tick, index) => tick.label !== ticks[index + 1]?.label)).toBe(true);
    }
  });

  it('stand equally far apart over a week', () => {
    const buckets = Array.from({ length: 84 }, (_, index) => ({
      startMs: T0 + index * 7.2e6,
      endMs: T0 + (index + 1) * 7.2e6,
    }));
    const ticks = timeTicks(buckets, 'UTC');
    const steps = ticks.slice(1).map((tick, index) => tick.atMs - (ticks[index]?.atMs ?? 0));
    expect(new Set(steps).size).toBe(1);
  });

  it('are at most six on both axes of a drawn week, with the unit once', () => {
    const answer: Timeseries = {
      ...hourly([]),
      timeseries: Array.from({ length: 84 }, (_, index) => point(T0 + index * 7.2e6, 'a', 100 + index)),
      buckets: Array.from({ length: 84 }, (_, index) => coverage(T0 + index * 7.2e6, 2 * HOUR)),
    };
    const { container } = drawn(answer);
    const texts = [...container.querySelectorAll('.recharts-wrapper text')].map((text) => text.textContent ?? '');
    const days = texts.filter((text) => /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) /.test(text));
    const values = texts.filter((text) => /^\d/.test(text));
    expect(days.length).toBeGreaterThan(2);
    expect(days.length).toBeLessThanOrEqual(6);
    expect(values.length).toBeLessThanOrEqual(6);
    expect(values.filter((text) => text.endsWith(' g'))).toHaveLength(1);
  });
});
