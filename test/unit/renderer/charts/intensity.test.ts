import { describe, expect, it } from 'vitest';
import type { GridHistory } from '../../../../src/contract/schemas/grid.ts';
import { frameFor } from '../../../../src/renderer/charts/frame.ts';
import { gridColour, gridStep } from '../../../../src/renderer/charts/grid-steps.ts';
import {
  cleanText,
  intensitySentence,
  pointText,
  runsOf,
  shapeIntensity,
} from '../../../../src/renderer/charts/intensity.ts';
import { bandPath, FORECAST_STYLE, linePath, lineStyle } from '../../../../src/renderer/charts/intensity-lines.ts';
import { GRID_NOW_MS, gridPoint, liveHistory, yearlyHistory } from '../../../fakes/client/grid-answers.ts';

const HOUR = 3_600_000;
const AT = Date.UTC(2026, 10, 18, 10);
const history = (more: Partial<GridHistory> = {}): GridHistory => ({
  ...liveHistory(),
  period: { start: new Date(AT).toISOString(), end: new Date(AT + 6 * HOUR).toISOString() },
  points: [0, 1, 2, 3, 4, 5].map((hour) => gridPoint(AT + hour * HOUR, { intensity: 100 + hour })),
  forecast: [],
  clean_hours: [],
  ...more,
});

describe('grid steps', () => {
  it('are fixed, so that zones compare', () => {
    expect([0, 49.9, 50, 199, 200, 449, 450, 649, 650, 2000].map(gridStep)).toEqual([0, 0, 1, 2, 3, 4, 5, 5, 6, 6]);
    expect(gridColour(31)).toBe('var(--grid-1)');
    expect(gridColour(820)).toBe('var(--grid-7)');
  });
});

describe('shapeIntensity', () => {
  it('puts points in order, with no gap where none is', () => {
    const answer = history();
    const data = shapeIntensity({ ...answer, points: answer.points.toReversed() });
    expect(data.points.map((point) => point.value)).toEqual([100, 101, 102, 103, 104, 105]);
    expect(data.gaps).toEqual([]);
    expect([data.fromMs, data.toMs]).toEqual([AT, AT + 6 * HOUR]);
  });

  it('makes a gap of missing hours, also at both ends, and no zero', () => {
    const { points } = history();
    const data = shapeIntensity(history({ points: [points[1], points[3]].flatMap((point) => point ?? []) }));
    expect(data.gaps).toEqual([
      { startMs: AT, endMs: AT + HOUR },
      { startMs: AT + 2 * HOUR, endMs: AT + 3 * HOUR },
      { startMs: AT + 4 * HOUR, endMs: AT + 6 * HOUR },
    ]);
    expect(data.points.every((point) => point.value > 0)).toBe(true);
  });

  it('does not call the hour that runs now a gap', () => {
    const { points } = history();
    expect(shapeIntensity(history({ points: points.slice(0, -1) })).gaps).toEqual([]);
  });

  it('draws the forecast only where it follows on the range', () => {
    const soon = [gridPoint(AT + 6 * HOUR, { is_forecast: true }), gridPoint(AT + 7 * HOUR, { is_forecast: true })];
    const clean_hours = [
      {
        start: new Date(AT + 6 * HOUR).toISOString(),
        end: new Date(AT + 7 * HOUR).toISOString(),
        intensity: 80,
        below_mean: 0.2,
      },
    ];
    const near = shapeIntensity(history({ forecast: soon, clean_hours }));
    expect(near.points.filter((point) => point.isForecast)).toHaveLength(2);
    expect(near.toMs).toBe(AT + 8 * HOUR);
    expect(near.clean).toHaveLength(1);
    const late = soon.map((point) => ({
      ...point,
      timestamp: new Date(Date.parse(point.timestamp) + 90 * HOUR).toISOString(),
    }));
    const far = shapeIntensity(history({ forecast: late, clean_hours }));
    expect(far.points.some((point) => point.isForecast)).toBe(false);
    expect(far.clean).toEqual([]);
    expect(far.toMs).toBe(AT + 6 * HOUR);
  });

  it('draws no hour twice where forecast and past overlap', () => {
    const data = shapeIntensity(
      history({ forecast: [5, 6].map((hour) => gridPoint(AT + hour * HOUR, { is_forecast: true })) }),
    );
    expect(data.points.map((point) => point.startMs)).toEqual([0, 1, 2, 3, 4, 5, 6].map((hour) => AT + hour * HOUR));
  });

  it('has no points for a zone without any value', () => {
    const data = shapeIntensity(history({ points: [] }));
    expect(data.points).toEqual([]);
    expect(data.gaps).toEqual([{ startMs: AT, endMs: AT + 6 * HOUR }]);
  });
});

describe('lines', () => {
  const frame = frameFor(400, 200, []);
  const data = shapeIntensity(liveHistory());
  const scales = { frame, fromMs: data.fromMs, toMs: data.toMs, max: 400 };

  it('break at gaps, and where the value is known otherwise', () => {
    const runs = runsOf(data.points);
    expect(runs.map((run) => (run[0]?.isForecast === true ? 'forecast' : run[0]?.rung))).toEqual([
      'live',
      'live',
      'estimated',
      'forecast',
    ]);
    expect(runs.flat()).toEqual(data.points);
  });

  it('differ without colour: by dash or width, and the forecast from all of the past', () => {
    const style = (rung: 'live' | 'estimated' | 'zone-profile' | 'zone-year') =>
      JSON.stringify(lineStyle({ rung, isForecast: false }));
    const styles = [style('live'), style('estimated'), style('zone-profile'), style('zone-year')];
    expect(new Set([...styles, JSON.stringify(FORECAST_STYLE)]).size).toBe(5);
    expect(lineStyle({ rung: 'live', isForecast: true })).toBe(FORECAST_STYLE);
    expect(FORECAST_STYLE.dash).toBeDefined();
  });

  it('join the run before only where no hour is between', () => {
    const [first = [], second = [], third = []] = runsOf(data.points);
    const startOf = (path: string): number => Number(/^M([\d.]+) /.exec(path)?.[1]);
    const afterGap = startOf(linePath(second, first.at(-1), scales));
    expect(afterGap).toBe(startOf(linePath(second, undefined, scales)));
    expect(startOf(linePath(third, second.at(-1), scales))).toBeLessThan(startOf(linePath(third, undefined, scales)));
    expect(linePath([], undefined, scales)).toBe('');
  });

  it('have a band that is closed and goes through high and low', () => {
    const [first = []] = runsOf(data.points);
    const path = bandPath(first.slice(0, 1), scales);
    expect(path.endsWith('Z')).toBe(true);
    expect(path.split('L')).toHaveLength(6);
    expect(bandPath([], scales)).toBe('');
  });
});

describe('words', () => {
  it('of a point hold its range, how it is known, and that it is to come', () => {
    const { points } = shapeIntensity(
      history({
        points: [gridPoint(AT, { intensity: 250, low: 237.5, high: 262.5 })],
        forecast: [gridPoint(AT + 6 * HOUR, { intensity: 200, low: 170, high: 230, is_forecast: true })],
      }),
    );
    expect(points.map((point) => pointText(point, 'UTC'))).toEqual([
      'Wed 18 Nov, 10:00–11:00: 250 g/kWh, between 238–263, Live',
      'Wed 18 Nov, 16:00–17:00: 200 g/kWh, between 170–230, Live, forecast',
    ]);
  });

  it('of the chart say mean, extremes, gaps and clean hours, on the clocks that are asked for', () => {
    const sentence = intensitySentence('Intensity of Ireland', shapeIntensity(liveHistory()), 'Europe/Paris');
    expect(sentence).toMatch(/^Intensity of Ireland; mean \d{3} g\/kWh; highest \d{3} g\/kWh on .*; lowest/);
    expect(sentence).toContain('no data for 3 h');
    expect(sentence).toContain('clean hours Fri 20 Nov, 12:00–15:00, 32 % below the mean of the next 24 h.');
  });

  it('name no extremes where every hour is the same, and none of what is missing', () => {
    expect(intensitySentence('X', shapeIntensity(yearlyHistory()), 'UTC')).toBe('X; mean 414 g/kWh; no gaps.');
    expect(intensitySentence('X', shapeIntensity(history({ points: [] })), 'UTC')).toBe('X; no data; no data for 6 h.');
  });

  it('of clean hours name the day', () => {
    const clean = { startMs: GRID_NOW_MS, endMs: GRID_NOW_MS + 3 * HOUR, value: 170, belowMean: 0.32 };
    expect(cleanText(clean, 'UTC')).toBe('Thu 19 Nov, 13:30–16:30, 32 % below the mean of the next 24 h');
  });
});
