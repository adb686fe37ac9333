import { fireEvent, render, screen, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { IntensityChart } from '../../../../src/renderer/charts/IntensityChart.tsx';
import { IntensityLegend } from '../../../../src/renderer/charts/IntensityLegend.tsx';
import { IntensityTable } from '../../../../src/renderer/charts/IntensityTable.tsx';
import { shapeIntensity } from '../../../../src/renderer/charts/intensity.ts';
import { GRID_NOW_MS, liveHistory, yearlyHistory } from '../../../fakes/client/grid-answers.ts';

const data = shapeIntensity(liveHistory());
const yearly = shapeIntensity(yearlyHistory());

function show(more: Partial<Parameters<typeof IntensityChart>[0]> = {}) {
  const view = render(
    <IntensityChart data={data} title="Intensity of Ireland" tz="UTC" nowMs={GRID_NOW_MS} {...more} />,
  );
  return {
    ...view,
    image: screen.getByRole('img', { name: /^Intensity of Ireland/ }),
    surface: screen.getByRole('button', { name: 'Intensity of Ireland: read by keys' }),
    spoken: () => screen.getByRole('status').textContent,
    card: () => screen.queryByTestId('intensity-card'),
  };
}

describe('IntensityChart', () => {
  it('draws each rung in its own line, the forecast apart, with now, gap and clean hours', () => {
    const { image } = show();
    const rungs = [...image.querySelectorAll('[data-rung]')].map((path) => path.getAttribute('data-rung'));
    expect(rungs).toEqual(['live', 'live', 'estimated', 'forecast']);
    const dashes = ['live', 'estimated', 'forecast'].map((rung) =>
      image.querySelector(`[data-rung="${rung}"]`)?.getAttribute('stroke-dasharray'),
    );
    expect(new Set(dashes).size).toBe(3);
    expect(image.querySelectorAll('[data-forecast]')).toHaveLength(1);
    expect(image.querySelectorAll('[data-clean]')).toHaveLength(1);
    expect(within(image).getByText('Now')).toBeTruthy();
    expect(within(image).getByText('No data')).toBeTruthy();
  });

  it('draws no line through the missing hours', () => {
    const { image } = show();
    const [before, after] = image.querySelectorAll('[data-rung="live"]');
    const end = Number(/L([\d.]+) [\d.]+$/.exec(before?.getAttribute('d') ?? '')?.[1]);
    const start = Number(/^M([\d.]+) /.exec(after?.getAttribute('d') ?? '')?.[1]);
    expect(start - end).toBeGreaterThan(10);
  });

  it('shows neither now nor forecast for a range that ended long ago', () => {
    const { image } = show({ nowMs: GRID_NOW_MS + 400 * 3_600_000, data: yearly });
    expect(within(image).queryByText('Now')).toBeNull();
    expect(image.querySelector('[data-forecast]')).toBeNull();
  });

  it('is read by keys, hour by hour, a day with Shift, and left with Escape', () => {
    const { surface, spoken, card } = show();
    fireEvent.keyDown(surface, { key: 'ArrowRight' });
    expect(spoken()).toMatch(/^Tue 17 Nov, 14:00–15:00: \d{3} g\/kWh, between \d{3}–\d{3}, Live$/);
    fireEvent.keyDown(surface, { key: 'End' });
    expect(spoken()).toMatch(/, forecast$/);
    expect(card()?.textContent).toContain('Forecast');
    fireEvent.keyDown(surface, { key: 'ArrowLeft', shiftKey: true });
    expect(spoken()).not.toMatch(/forecast/);
    fireEvent.keyDown(surface, { key: 'Home' });
    fireEvent.keyDown(surface, { key: 'ArrowLeft' });
    expect(spoken()).toContain('Tue 17 Nov, 14:00');
    fireEvent.keyDown(surface, { key: 'Escape' });
    expect(spoken()).toBe('');
    expect(card()).toBeNull();
  });

  it('starts from the end with the left arrow, and leaves keys with Ctrl alone', () => {
    const { surface, spoken } = show();
    fireEvent.keyDown(surface, { key: 'ArrowLeft', ctrlKey: true });
    expect(spoken()).toBe('');
    fireEvent.keyDown(surface, { key: 'ArrowLeft' });
    expect(spoken()).toMatch(/forecast$/);
  });

  it('turns into its table with T', () => {
    const onTable = vi.fn();
    const { surface } = show({ onTable });
    fireEvent.keyDown(surface, { key: 't' });
    expect(onTable).toHaveBeenCalledTimes(1);
  });

  it('says under the pointer what a clean hour is, and nothing over a gap', () => {
    const { surface, card } = show();
    const plot = { left: 40, width: 760 - 44 };
    const xOf = (atMs: number): number =>
      plot.left + 30 + ((atMs - data.fromMs) / (data.toMs - data.fromMs)) * (plot.width - 30);
    const clean = data.clean[0];
    fireEvent.pointerMove(surface, { clientX: xOf(((clean?.startMs ?? 0) + (clean?.endMs ?? 0)) / 2) });
    expect(card()?.textContent).toContain('32 % below the mean');
    const gap = data.gaps[0];
    fireEvent.pointerMove(surface, { clientX: xOf(((gap?.startMs ?? 0) + (gap?.endMs ?? 0)) / 2) });
    expect(card()).toBeNull();
    fireEvent.pointerMove(surface, { clientX: 300 });
    fireEvent.pointerLeave(surface);
    expect(card()).toBeNull();
  });

  it('selects whole hours by dragging, and nothing by a click', () => {
    const onZoom = vi.fn();
    const { surface } = show({ onZoom });
    fireEvent.pointerDown(surface, { clientX: 200, button: 0 });
    fireEvent.pointerMove(surface, { clientX: 202 });
    fireEvent.pointerUp(surface, { clientX: 202 });
    expect(onZoom).not.toHaveBeenCalled();
    fireEvent.pointerDown(surface, { clientX: 200, button: 0 });
    fireEvent.pointerMove(surface, { clientX: 320 });
    fireEvent.pointerUp(surface, { clientX: 320 });
    const range = onZoom.mock.calls[0]?.[0];
    expect(range.startMs % 3_600_000).toBe(0);
    expect(range.endMs % 3_600_000).toBe(0);
    expect(range.endMs).toBeGreaterThan(range.startMs);
  });

  it('forgets a drag that was cancelled', () => {
    const onZoom = vi.fn();
    const { surface } = show({ onZoom });
    fireEvent.pointerDown(surface, { clientX: 200, button: 0 });
    fireEvent.pointerMove(surface, { clientX: 320 });
    fireEvent.pointerCancel(surface);
    fireEvent.pointerUp(surface, { clientX: 320 });
    expect(onZoom).not.toHaveBeenCalled();
  });
});

describe('IntensityLegend', () => {
  const names = () => screen.getAllByRole('listitem').map((item) => item.textContent);

  it('names what is drawn', () => {
    render(<IntensityLegend data={data} />);
    expect(names()).toEqual(['Live', 'Estimated', 'Forecast', 'Low to high', 'Clean hours', 'No data']);
  });

  it('and nothing else; a usual course is called no forecast', () => {
    const { unmount } = render(<IntensityLegend data={yearly} />);
    expect(names()).toEqual(['Yearly value', 'Low to high']);
    unmount();
    render(<IntensityLegend data={{ ...data, forecastFrom: 'profile' }} />);
    expect(names()).toContain('Usual course of a day');
    expect(names()).not.toContain('Forecast');
  });
});

describe('IntensityTable', () => {
  it('has a row for each hour and one for the gap, which is a word and no zero', () => {
    const onZoom = vi.fn();
    render(<IntensityTable data={data} title="Intensity of Ireland" tz="UTC" onZoom={onZoom} />);
    const rows = within(screen.getByRole('table')).getAllByRole('row').slice(1);
    expect(rows).toHaveLength(data.points.length + 1);
    const gap = rows.find((row) => row.textContent?.includes('no data'));
    expect(gap?.textContent).toBe('Wed 18 Nov, 10:00–13:00no data');
    expect(rows.filter((row) => row.textContent?.endsWith('to come'))).toHaveLength(24);
    const [first, second] = screen.getAllByRole('button');
    first?.focus();
    fireEvent.keyDown(first!, { key: 'ArrowDown' });
    expect(document.activeElement).toBe(second);
    fireEvent.click(second!);
    expect(onZoom).toHaveBeenCalledWith({ startMs: data.points[1]?.startMs, endMs: data.points[1]?.endMs });
    expect(rows[0]?.textContent).toMatch(/^Tue 17 Nov, 14:00–15:00\d{3}\d{3}–\d{3}Livepast$/);
  });
});
