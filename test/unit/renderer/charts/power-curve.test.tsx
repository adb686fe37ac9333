import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { curveAt, latestWindow } from '../../../../src/renderer/charts/curve.ts';
import { PowerCurve } from '../../../../src/renderer/charts/PowerCurve.tsx';
import { T0 } from './wire.ts';

const points = [0, 0.1, 0.5, 1].map((utilisation) => ({
  utilisation,
  watts: 20 + 60 * utilisation,
  low_watts: 15 + 50 * utilisation,
  high_watts: 25 + 90 * utilisation,
}));
const window = (hour: number, utilisation: number, watts = 20 + 60 * utilisation) => ({
  timestamp: new Date(T0 + hour * 3.6e6).toISOString(),
  duration_seconds: 3600,
  utilisation,
  watts,
});
const show = (windows: ReturnType<typeof window>[], own = points) =>
  render(<PowerCurve curve={{ id: 'm6i.2xlarge', source: 'table', points: own }} windows={windows} />);

/** Plot of 360 × 286: from 40 to 336 across, floor at 250. */
const numbers = (text: string | null | undefined) =>
  (text ?? '')
    .replace(/[MZ]/g, '')
    .split('L')
    .map((pair) => pair.split(' ').map(Number));

describe('PowerCurve', () => {
  it('goes through its points in order of utilisation, whatever their order', () => {
    const { container } = show([], points.toReversed());
    const line = numbers(container.querySelector('path[stroke-width="2"]')?.getAttribute('d'));
    const places = line.map(([x]) => x ?? 0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(line).toHaveLength(4);
    expect(container.querySelectorAll('rect[width="5"]')).toHaveLength(4);
  });

  it('holds its band: every upper bound is on the scale', () => {
    const { container } = show([]);
    const band = numbers(container.querySelector('path[fill="var(--chart-band)"]')?.getAttribute('d'));
    expect(band).toHaveLength(8);
    expect(Math.min(...band.map(([, y]) => y ?? 0))).toBeGreaterThanOrEqual(10);
  });

  it('holds windows above the model too', () => {
    const { container } = show([window(0, 0.5, 400)]);
    const dot = container.querySelector('circle[r="1.4"]');
    expect(Number(dot?.getAttribute('cy'))).toBeGreaterThanOrEqual(10);
  });

  it('marks the latest window by time, not by place in the list', () => {
    show([window(2, 0.3), window(5, 0.8), window(1, 0.1)]);
    expect(screen.getByText('Latest 80 %')).toBeTruthy();
    expect(screen.getByText(/^68\.0 W, 55\.0–97\.0$/)).toBeTruthy();
  });

  it('writes the mark to the left of a busy node, to the right of an idle one', () => {
    const busy = show([window(0, 0.9)]);
    expect(screen.getByText('Latest 90 %').getAttribute('text-anchor')).toBe('end');
    busy.unmount();
    show([window(0, 0.2)]);
    expect(screen.getByText('Latest 20 %').getAttribute('text-anchor')).toBe('start');
  });

  it('marks nothing without windows', () => {
    const { container } = show([]);
    expect(screen.queryByText(/^Latest/)).toBeNull();
    expect(container.querySelectorAll('circle')).toHaveLength(0);
    expect(screen.getByRole('img').getAttribute('aria-label')).toMatch(/0 windows shown\.$/);
  });

  it('says the model and the latest window to who listens', () => {
    show([window(0, 0.5)]);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Power against CPU utilisation, model m6i.2xlarge: 20.0 W at 0 %, 26.0 W at 10 %, 50.0 W at 50 %, 80.0 W at 100 %. 1 window shown. Latest window: 50.0 W at 50 %.',
    );
  });

  it('has five ticks of utilisation with the unit once', () => {
    const { container } = show([]);
    const all = [...container.querySelectorAll('text')];
    const texts = all.map((text) => text.textContent);
    const shares = all.filter((text) => text.getAttribute('text-anchor') === 'middle').map((text) => text.textContent);
    expect(shares).toEqual(['CPU utilisation', '0', '25', '50', '75', '100 %']);
    expect(texts.filter((text) => text?.endsWith(' W'))).toHaveLength(1);
  });
});

describe('a model between its points', () => {
  it('is a straight line', () => {
    expect(curveAt(points, 0.3)?.low).toBeCloseTo(30, 9);
    expect(curveAt(points, 0.3)?.high).toBeCloseTo(52, 9);
    expect(curveAt(points, 0)?.low).toBe(15);
    expect(curveAt(points, 1)?.high).toBe(115);
  });

  it('is nothing without points, and no window is the latest of none', () => {
    expect(curveAt([], 0.5)).toBeNull();
    expect(latestWindow([])).toBeNull();
  });
});
