import { fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MEASURES } from '../../../../src/renderer/charts/measure.ts';
import { shapePower } from '../../../../src/renderer/charts/power.ts';
import { shapeStack } from '../../../../src/renderer/charts/stack.ts';
import { TimeChart, type TimeChartProps } from '../../../../src/renderer/charts/TimeChart.tsx';
import { at, hourly } from './wire.ts';

const rows = Array.from({ length: 10 }, () => ({ a: 60, b: 40, __unallocated__: 20 }));
const data = shapeStack(hourly(rows), MEASURES.carbon);

/** Nothing is laid out: 760 × 266, the plot from 40 to 756 across, its floor at 244. */
const LEFT = 40;
const COLUMN = 716 / rows.length;
const middle = (column: number): number => LEFT + COLUMN * (column + 0.5);
const FLOOR = 240;
const ABOVE = 12;

function show(more: Partial<TimeChartProps> = {}) {
  const deeds = { onZoom: vi.fn(), onDrill: vi.fn() };
  const view = render(
    <TimeChart data={data} title="Carbon" tz="UTC" currency="EUR" marks="columns" {...deeds} {...more} />,
  );
  const surface = screen.getByRole('button');
  const down = (clientX: number, clientY = FLOOR, button = 0) =>
    fireEvent.pointerDown(surface, { clientX, clientY, button });
  const move = (clientX: number, clientY = FLOOR) => fireEvent.pointerMove(surface, { clientX, clientY });
  const up = (clientX: number, clientY = FLOOR) => fireEvent.pointerUp(surface, { clientX, clientY });
  const drag = (from: number, to: number) => {
    down(from);
    move(to);
    up(to);
  };
  const band = () => view.container.querySelector('rect[fill="var(--chart-band)"]');
  return { ...view, ...deeds, surface, down, move, up, drag, band };
}

describe('drag to look closer', () => {
  it('takes whole buckets, also those that it only touches', () => {
    const { drag, onZoom } = show();
    drag(middle(2) + 10, middle(4) - 10);
    expect(onZoom.mock.calls).toEqual([[{ startMs: at(2), endMs: at(5) }]]);
  });

  it('takes the same backwards', () => {
    const { drag, onZoom } = show();
    drag(middle(4) - 10, middle(2) + 10);
    expect(onZoom.mock.calls).toEqual([[{ startMs: at(2), endMs: at(5) }]]);
  });

  it('stops at the ends of the data when the pointer leaves the plot', () => {
    const { drag, onZoom } = show();
    drag(middle(8), 5000);
    expect(onZoom).toHaveBeenLastCalledWith({ startMs: at(8), endMs: at(10) });
    drag(middle(1), -300);
    expect(onZoom).toHaveBeenLastCalledWith({ startMs: at(0), endMs: at(2) });
  });

  it('shows the stretch while dragging, in place of the card', () => {
    const { down, move, up, band } = show();
    down(middle(2));
    expect(band()).toBeNull();
    move(middle(5));
    expect(Number(band()?.getAttribute('x'))).toBeCloseTo(middle(2), 3);
    expect(Number(band()?.getAttribute('width'))).toBeCloseTo(3 * COLUMN, 3);
    expect(screen.queryByTestId('hover-card')).toBeNull();
    up(middle(5));
    expect(band()).toBeNull();
    expect(screen.getByTestId('hover-card')).toBeTruthy();
  });

  it('is a click, not a drag, below six pixels', () => {
    const { drag, onZoom, onDrill } = show();
    drag(middle(3), middle(3) + 5);
    expect(onZoom).not.toHaveBeenCalled();
    expect(onDrill.mock.calls).toEqual([['a']]);
  });

  it('is given up when the pointer is cancelled', () => {
    const { down, move, up, surface, onZoom, onDrill, band } = show();
    down(middle(2));
    move(middle(5));
    fireEvent.pointerCancel(surface);
    expect(band()).toBeNull();
    up(middle(6));
    expect(onZoom).not.toHaveBeenCalled();
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('starts with the first button only', () => {
    const { down, move, up, onZoom, onDrill } = show();
    down(middle(2), FLOOR, 2);
    move(middle(5));
    up(middle(5));
    expect(onZoom).not.toHaveBeenCalled();
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('keeps the cursor when a press leaves the chart, and loses it without one', () => {
    const { down, move, surface } = show();
    move(middle(2));
    down(middle(2));
    fireEvent.pointerLeave(surface);
    expect(screen.getByTestId('hover-card')).toBeTruthy();
    fireEvent.pointerCancel(surface);
    fireEvent.pointerLeave(surface);
    expect(screen.queryByTestId('hover-card')).toBeNull();
  });
});

describe('click', () => {
  it.each([
    ['a', 60],
    ['b', 90],
    ['__unallocated__', 110],
  ])('drills into %s at %d g', (key, grams) => {
    const { down, up, onDrill } = show();
    // The scale ends 14.4 % above the highest total of 120 g; the plot is 234 px high.
    const y = 244 - ((grams - 5) / (120 * 1.1 * 1.04)) * 234;
    down(middle(3), y);
    up(middle(3), y);
    expect(onDrill.mock.calls).toEqual([[key]]);
  });

  it('drills into nothing above the column', () => {
    const { down, up, onDrill } = show();
    down(middle(3), ABOVE);
    up(middle(3), ABOVE);
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('drills into no part of a power chart', () => {
    const parts = { dynamic_joules: 9e5, idle_joules: 9e5, system_joules: 1e5, unallocated_joules: 1e5 };
    const answer = hourly([{ n: 1 }, { n: 1 }]);
    answer.timeseries = answer.timeseries.map((point) => ({ ...point, parts }));
    const { down, up, onDrill } = show({ data: shapePower(answer), marks: 'areas' });
    down(100);
    up(100);
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('points at what can be opened, and at nothing left of the axis', () => {
    const { move, surface } = show();
    move(middle(3));
    expect(surface.className).toContain('cursor-pointer');
    move(middle(3), ABOVE);
    expect(surface.className).toContain('cursor-crosshair');
    move(10);
    expect(screen.queryByTestId('hover-card')).toBeNull();
  });
});

describe('double click', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes back where there is a way back, and does not drill', () => {
    const onZoomBack = vi.fn();
    const { down, up, surface, onDrill } = show({ onZoomBack });
    down(middle(1));
    up(middle(1));
    down(middle(1));
    up(middle(1));
    fireEvent.doubleClick(surface);
    vi.runAllTimers();
    expect(onZoomBack).toHaveBeenCalledTimes(1);
    expect(onDrill).not.toHaveBeenCalled();
  });

  it('lets a single click drill after a moment where a double click has a meaning', () => {
    const { down, up, onDrill } = show({ onZoomBack: vi.fn() });
    down(middle(1));
    up(middle(1));
    expect(onDrill).not.toHaveBeenCalled();
    vi.advanceTimersByTime(300);
    expect(onDrill.mock.calls).toEqual([['a']]);
  });

  it('drills at once where it has none', () => {
    const { down, up, surface, onDrill } = show();
    down(middle(1));
    up(middle(1));
    fireEvent.doubleClick(surface);
    expect(onDrill).toHaveBeenCalledTimes(1);
  });

  it('does not drill after the chart is gone', () => {
    const { down, up, unmount, onDrill } = show({ onZoomBack: vi.fn() });
    down(middle(1));
    up(middle(1));
    unmount();
    vi.runAllTimers();
    expect(onDrill).not.toHaveBeenCalled();
  });
});
