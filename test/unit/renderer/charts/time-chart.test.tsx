import { fireEvent, render, screen } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { ChartTable } from '../../../../src/renderer/charts/ChartTable.tsx';
import { Legend } from '../../../../src/renderer/charts/Legend.tsx';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { PowerBar } from '../../../../src/renderer/charts/PowerBar.tsx';
import { PowerCurve } from '../../../../src/renderer/charts/PowerCurve.tsx';
import { Sparkline } from '../../../../src/renderer/charts/Sparkline.tsx';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { TimeChart, type TimeChartProps } from '../../../../src/renderer/charts/TimeChart.tsx';
import { at, hourly, NO_PARTS, T0 } from './wire.ts';

const rows = [
  { a: 30, b: 20, __unallocated__: 5 },
  null,
  { a: 20, b: 25, __unallocated__: 5 },
  { a: 10, __other__: 4 },
];
const data = shapeStack(hourly(rows), MEASURES.carbon, [25, 30, null, 60]);

/** happy-dom lays nothing out: charts are 760 × 266, the plot from 40 to 756 across and 10 to 244 down. */
function show(more: Partial<TimeChartProps> = {}) {
  const deeds = { onZoom: vi.fn(), onDrill: vi.fn(), onTable: vi.fn() };
  const props = {
    data,
    title: 'Carbon per hour',
    tz: 'Europe/Paris',
    currency: 'EUR',
    marks: 'columns' as const,
    ghostLabel: '7 days before',
    ...deeds,
    ...more,
  };
  const view = render(<TimeChart {...props} />);
  return { ...view, ...deeds, surface: screen.getByRole('button') };
}
const middle = (column: number): number => 40 + (716 / 4) * (column + 0.5);

describe('TimeChart', () => {
  it('is an image that says total, extremes and gaps', () => {
    show();
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(
      /^Carbon per hour; total 119 g; highest 55\.0 g .*; no data for 1 h from Thu 12 Nov, 15:00–16:00\.$/,
    );
  });

  it('draws one group a series, a gap with its length, the ghost, and the unit once at the top tick', () => {
    const { container } = show();
    expect([...container.querySelectorAll('[data-series]')].map((each) => each.getAttribute('data-series'))).toEqual([
      'a',
      'b',
      '__other__',
      '__unallocated__',
    ]);
    expect(screen.getByText('No data')).toBeTruthy();
    expect(screen.getByText('1 h')).toBeTruthy();
    expect(container.querySelectorAll('[data-ghost] path')).toHaveLength(2);
    expect(screen.getAllByText(/ g$/)).toHaveLength(1);
  });

  it('hatches unallocated and nothing else', () => {
    const { container } = show();
    const hatched = [...container.querySelectorAll('[data-series]')].filter((each) =>
      each.getAttribute('fill')?.startsWith('url('),
    );
    expect(hatched.map((each) => each.getAttribute('data-series'))).toEqual(['__unallocated__']);
  });

  it('draws partial buckets paler', () => {
    const answer = hourly([{ a: 30 }, { a: 15 }]);
    answer.buckets = answer.buckets.map((bucket, index) =>
      index === 1 ? { ...bucket, covered_seconds: 1800 } : bucket,
    );
    const { container } = show({ data: shapeStack(answer, MEASURES.carbon) });
    expect(container.querySelector('[data-partial]')?.getAttribute('opacity')).toBe('0.45');
  });

  it('reads by keys: card, whisker and an announcement follow', () => {
    const { surface, container } = show();
    fireEvent.keyDown(surface, { key: 'ArrowRight' });
    expect(screen.getByTestId('hover-card').textContent).toContain('Thu 12 Nov, 14:00–15:00');
    expect(screen.getByRole('status').textContent).toBe(
      'Thu 12 Nov, 14:00–15:00: total 55.0 g, between 49.5–66.0 g, 7 days before 25.0 g',
    );
    expect(container.querySelector('[data-whisker]')).not.toBeNull();
    fireEvent.keyDown(surface, { key: 'ArrowRight' });
    expect(screen.getByTestId('hover-card').textContent).toContain('No data');
    expect(container.querySelector('[data-whisker]')).toBeNull();
    fireEvent.keyDown(surface, { key: 'Escape' });
    expect(screen.queryByTestId('hover-card')).toBeNull();
  });

  it('drills into a picked series, and zooms to the bucket where none is picked', () => {
    const { surface, onDrill, onZoom } = show();
    fireEvent.keyDown(surface, { key: 'ArrowRight' });
    fireEvent.keyDown(surface, { key: 'Enter' });
    expect(onZoom).toHaveBeenCalledWith({ startMs: at(0), endMs: at(1) });
    fireEvent.keyDown(surface, { key: 'ArrowDown' });
    fireEvent.keyDown(surface, { key: 'Enter' });
    expect(onDrill).toHaveBeenCalledWith('a');
  });

  it('asks for its table with T', () => {
    const { surface, onTable } = show();
    fireEvent.keyDown(surface, { key: 't' });
    expect(onTable).toHaveBeenCalledTimes(1);
  });

  it('shows the column under the pointer and drills into the series under a click', () => {
    const { surface, onDrill, onZoom } = show();
    fireEvent.pointerMove(surface, { clientX: middle(2), clientY: 240 });
    expect(screen.getByTestId('hover-card').textContent).toContain('Thu 12 Nov, 16:00–17:00');
    fireEvent.pointerDown(surface, { clientX: middle(2), clientY: 240, button: 0 });
    fireEvent.pointerUp(surface, { clientX: middle(2), clientY: 240 });
    expect(onDrill).toHaveBeenCalledWith('a');
    expect(onZoom).not.toHaveBeenCalled();
    fireEvent.pointerLeave(surface);
    expect(screen.queryByTestId('hover-card')).toBeNull();
  });

  it('does not drill into Other, nor above a column', () => {
    const { surface, onDrill } = show();
    for (const clientY of [200, 15]) {
      fireEvent.pointerDown(surface, { clientX: middle(3), clientY, button: 0 });
      fireEvent.pointerUp(surface, { clientX: middle(3), clientY });
    }
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('zooms to whole buckets after a drag, in both directions', () => {
    const { surface, onZoom, onDrill } = show();
    for (const [from, to] of [
      [middle(0), middle(2)],
      [middle(2), middle(0)],
    ] as const) {
      fireEvent.pointerDown(surface, { clientX: from, clientY: 100, button: 0 });
      fireEvent.pointerMove(surface, { clientX: to, clientY: 100 });
      fireEvent.pointerUp(surface, { clientX: to, clientY: 100 });
      expect(onZoom).toHaveBeenLastCalledWith({ startMs: at(0), endMs: at(3) });
    }
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('returns on a double click and then does not drill', () => {
    vi.useFakeTimers();
    const onZoomBack = vi.fn();
    const { surface, onDrill } = show({ onZoomBack });
    for (let click = 0; click < 2; click += 1) {
      fireEvent.pointerDown(surface, { clientX: middle(0), clientY: 240, button: 0 });
      fireEvent.pointerUp(surface, { clientX: middle(0), clientY: 240 });
    }
    fireEvent.doubleClick(surface);
    vi.runAllTimers();
    vi.useRealTimers();
    expect(onZoomBack).toHaveBeenCalledTimes(1);
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('stays whole without data', () => {
    show({ data: shapeStack(hourly([]), MEASURES.carbon), ghostLabel: null });
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe('Carbon per hour; total 0 g; no gaps.');
  });

  it('keeps 2,000 columns of eight series within a few elements', () => {
    const names = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', '__other__', '__system__', '__unallocated__'].map((name, index) => [name, index + 1]),
    );
    const { container } = show({
      data: shapeStack(hourly(Array.from({ length: 2000 }, () => names)), MEASURES.carbon),
    });
    expect(container.querySelectorAll('path').length).toBeLessThan(30);
  });
});

describe('twin table and legend', () => {
  it('has a row a bucket, series in stack order, empty cells in a gap and one unit', () => {
    const onZoom = vi.fn();
    render(
      <ChartTable
        data={data}
        title="Carbon per hour"
        tz="Europe/Paris"
        currency="EUR"
        ghostLabel="7 days before"
        onZoom={onZoom}
      />,
    );
    const heads = screen.getAllByRole('columnheader').map((each) => each.textContent);
    expect(heads).toEqual([
      'Window',
      'Total, g CO₂e',
      'Between',
      'a',
      'b',
      'Other (0)',
      'Unallocated',
      '7 days before',
    ]);
    const cells = screen.getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent));
    expect(cells[1]).toEqual(['Thu 12 Nov, 14:00–15:00', '55.0', '49.5–66.0', '30.0', '20.0', '0', '5.00', '25.0']);
    expect(cells[2]).toEqual(['Thu 12 Nov, 15:00–16:00', 'no data', '', '', '', '', '', '30.0']);
    fireEvent.click(screen.getByRole('button', { name: 'Thu 12 Nov, 16:00–17:00' }));
    expect(onZoom.mock.calls[0]?.[0]).toMatchObject({ startMs: at(2), endMs: at(3) });
  });

  it('walks the windows by arrow keys from one tab stop', () => {
    render(<ChartTable data={data} title="Carbon" tz="UTC" currency="EUR" ghostLabel={null} onZoom={vi.fn()} />);
    const [first, second] = screen.getAllByRole('button');
    expect([first?.tabIndex, second?.tabIndex]).toEqual([0, -1]);
    first?.focus();
    fireEvent.keyDown(first!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.keyDown(second!, { key: 'ArrowUp' });
    expect(document.activeElement).toBe(first);
  });

  it('shows one series alone and all again', () => {
    const onSolo = vi.fn();
    const { rerender } = render(<Legend data={data} solo={null} onSolo={onSolo} />);
    fireEvent.click(screen.getByRole('button', { name: 'b' }));
    expect(onSolo).toHaveBeenLastCalledWith('b');
    rerender(<Legend data={data} solo="b" onSolo={onSolo} />);
    expect(screen.getByRole('button', { name: 'b' }).getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'b' }));
    expect(onSolo).toHaveBeenLastCalledWith(null);
  });
});

describe('small marks', () => {
  it('draws a trend from zero and marks gaps apart', () => {
    const { container } = render(<Sparkline values={[1, null, 2, 0]} label="Trend of cart" />);
    const [columns, gaps] = container.querySelectorAll('path');
    expect(columns?.getAttribute('d')?.match(/M/g)).toHaveLength(2);
    expect(gaps?.getAttribute('d')?.match(/M/g)).toHaveLength(1);
    expect(screen.getByRole('img', { name: 'Trend of cart' })).toBeTruthy();
  });

  it('hatches a node without energy in place of drawing equal parts', () => {
    const { container } = render(<PowerBar parts={NO_PARTS} direction="row" />);
    expect(container.querySelector('.hatch-gap')).not.toBeNull();
    expect(container.querySelectorAll('i')).toHaveLength(0);
  });

  it('draws a power curve with its band, a dot for each window and the latest marked', () => {
    const points = [0, 0.1, 0.5, 1].map((utilisation) => ({
      utilisation,
      watts: 20 + 50 * utilisation,
      low_watts: 15 + 50 * utilisation,
      high_watts: 25 + 50 * utilisation,
    }));
    const windows = [0.2, 0.4].map((utilisation, index) => ({
      timestamp: new Date(T0 + index * 3.6e6).toISOString(),
      duration_seconds: 3600,
      utilisation,
      watts: 20 + 50 * utilisation,
    }));
    const { container } = render(
      <PowerCurve curve={{ id: 'm6i.2xlarge', source: 'table', points }} windows={windows} />,
    );
    expect(container.querySelectorAll('circle[r="1.4"]')).toHaveLength(2);
    expect(screen.getByText(/Latest 40 %/)).toBeTruthy();
    expect(screen.getByText('40.0 W, 35.0–45.0')).toBeTruthy();
    expect(screen.getByRole('img').getAttribute('aria-label')).toContain(
      '2 windows shown. Latest window: 40.0 W at 40 %.',
    );
  });
});
