import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { chartSentence } from '../../../../src/renderer/charts/sentence.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { columnPaths } from '../../../../src/renderer/charts/stack-paths.ts';
import { TimeChart, type TimeChartProps } from '../../../../src/renderer/charts/TimeChart.tsx';
import { hourly } from './wire.ts';

type Rows = Parameters<typeof hourly>[0];

function drawn(rows: Rows, more: Partial<TimeChartProps> = {}, partial: readonly number[] = []) {
  const answer = hourly(rows);
  answer.buckets = answer.buckets.map((bucket, index) =>
    partial.includes(index) ? { ...bucket, covered_seconds: 600 } : bucket,
  );
  const data = shapeStack(answer, MEASURES.carbon);
  const view = render(<TimeChart data={data} title="Carbon" tz="UTC" currency="EUR" marks="columns" {...more} />);
  return { ...view, data };
}

describe('gaps', () => {
  it('are hatched to the full height, exactly as wide as what is missing', () => {
    const { container } = drawn([{ a: 50 }, null, null, { a: 50 }]);
    const hatch = [...container.querySelectorAll('rect')].filter((each) =>
      each.getAttribute('fill')?.startsWith('url(#gap-'),
    );
    expect(hatch).toHaveLength(1);
    const size = (name: string) => Number(hatch[0]?.getAttribute(name));
    expect(size('x')).toBeCloseTo(40 + 716 / 4, 3);
    expect(size('width')).toBeCloseTo(716 / 2, 3);
    expect([size('y'), size('height')]).toEqual([10, 234]);
    expect(screen.getByText('2 h')).toBeTruthy();
  });

  it('have their labels only where these do not cover each other', () => {
    const rows = Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? { a: 1 } : null));
    drawn(rows);
    const labels = screen.getAllByText('No data').map((text) => text.closest('g')?.getAttribute('transform') ?? '');
    const places = labels.map((text) => Number(/translate\(([\d.]+)/.exec(text)?.[1]));
    expect(places.length).toBeLessThan(30);
    expect(places.every((place, index) => index === 0 || place - (places[index - 1] ?? 0) >= 60)).toBe(true);
  });

  it('keep their label inside the chart at its ends', () => {
    drawn([null, ...Array.from({ length: 100 }, () => ({ a: 50 }))]);
    const place = screen.getByText('No data').closest('g')?.getAttribute('transform');
    expect(place).toBe('translate(70,22)');
  });

  it('hold no columns', () => {
    const { data } = drawn([{ a: 1 }, null, { a: 1 }]);
    const frame = { width: 760, height: 266, left: 40, right: 4, top: 10, bottom: 22 };
    expect(columnPaths(data, frame, 2)[0]?.whole.match(/M/g)).toHaveLength(2);
  });

  it('are no gap where figures say otherwise: those are drawn, pale', () => {
    const answer = hourly([{ a: 5 }, { a: 4 }]);
    answer.buckets = answer.buckets.map((bucket) => ({ ...bucket, covered_seconds: 0 }));
    const data = shapeStack(answer, MEASURES.carbon);
    expect(data.gaps).toEqual([]);
    expect(data.buckets.map((bucket) => [bucket.state, bucket.total])).toEqual([
      ['partial', 5],
      ['partial', 4],
    ]);
  });
});

describe('buckets that are not whole', () => {
  it('are drawn apart at 45 %, the others in full', () => {
    const { container } = drawn([{ a: 10, b: 5 }, { a: 10, b: 5 }, { a: 4 }], {}, [2]);
    const [a, b] = [...container.querySelectorAll('[data-series]')];
    expect(a?.querySelectorAll('path')).toHaveLength(2);
    expect(a?.querySelector('[data-partial]')?.getAttribute('opacity')).toBe('0.45');
    expect(a?.querySelector('[data-partial]')?.getAttribute('d')?.match(/M/g)).toHaveLength(1);
    expect(a?.querySelector('path:not([data-partial])')?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
    expect(b?.querySelector('[data-partial]')).toBeNull();
  });

  it('are whole when a sample came late', () => {
    const answer = hourly([{ a: 1 }]);
    answer.buckets = answer.buckets.map((bucket) => ({ ...bucket, covered_seconds: 3500 }));
    expect(shapeStack(answer, MEASURES.carbon).buckets[0]?.state).toBe('whole');
  });
});

describe('legend', () => {
  it('off: all series are drawn in full', () => {
    const { container } = drawn([{ a: 1, b: 2, __unallocated__: 1 }], { solo: null });
    expect([...container.querySelectorAll('[data-series]')].map((each) => each.getAttribute('opacity'))).toEqual([
      '1',
      '1',
      '1',
    ]);
  });

  it('solo: the others stay, faint, so that heights keep their meaning', () => {
    const { container } = drawn([{ a: 1, b: 2, __unallocated__: 1 }], { solo: 'b' });
    const opacity = (key: string) => container.querySelector(`[data-series="${key}"]`)?.getAttribute('opacity');
    expect([opacity('a'), opacity('b'), opacity('__unallocated__')]).toEqual(['0.18', '1', '0.18']);
  });
});

describe('sentence of a chart', () => {
  const say = (rows: Rows, partial: readonly number[] = []) => {
    const answer = hourly(rows);
    answer.buckets = answer.buckets.map((bucket, index) =>
      partial.includes(index) ? { ...bucket, covered_seconds: 600 } : bucket,
    );
    return chartSentence('Carbon per hour', shapeStack(answer, MEASURES.carbon), 'UTC', 'EUR');
  };

  it('says total, highest and lowest with their windows, and that nothing is missing', () => {
    expect(say([{ a: 10 }, { a: 30 }, { a: 20 }])).toBe(
      'Carbon per hour; total 60.0 g; highest 30.0 g on Thu 12 Nov, 14:00–15:00; lowest 10.0 g on Thu 12 Nov, 13:00–14:00; no gaps.',
    );
  });

  it('does not call a bucket that is not whole the lowest', () => {
    expect(say([{ a: 10 }, { a: 30 }, { a: 1 }], [2])).toContain('lowest 10.0 g on Thu 12 Nov, 13:00–14:00');
  });

  it('names three gaps and counts the rest', () => {
    const rows = [{ a: 1 }, null, { a: 1 }, null, null, { a: 1 }, null, { a: 1 }, null, { a: 1 }, null, { a: 1 }];
    expect(say(rows)).toMatch(/no data for 1 h from .*, 2 h from .*, 1 h from .* and 2 more gaps\.$/);
  });

  it('has no extremes of a single bucket', () => {
    expect(say([{ a: 10 }])).toBe('Carbon per hour; total 10.0 g; no gaps.');
  });
});
