import { type Frame, positionX, valueY } from './frame.ts';
import type { IntensityPoint } from './intensity.ts';

/** How a line is drawn: by what it is known from, so that colour alone says nothing. */
export interface LineStyle {
  readonly width: number;
  readonly dash: string | undefined;
}

const STYLES: Readonly<Record<IntensityPoint['rung'], LineStyle>> = {
  live: { width: 2.25, dash: undefined },
  estimated: { width: 2, dash: '9 3 2 3' },
  'zone-profile': { width: 2, dash: '2 3' },
  'zone-year': { width: 1.25, dash: undefined },
  'country-year': { width: 1.25, dash: undefined },
  person: { width: 1.25, dash: undefined },
  world: { width: 1.25, dash: undefined },
};
export const FORECAST_STYLE: LineStyle = { width: 1.75, dash: '5 4' };

export const lineStyle = (point: Pick<IntensityPoint, 'rung' | 'isForecast'>): LineStyle =>
  point.isForecast ? FORECAST_STYLE : STYLES[point.rung];

interface Scales {
  readonly frame: Frame;
  readonly fromMs: number;
  readonly toMs: number;
  readonly max: number;
}

/**
 * Path of a run: straight from middle to middle, level at its ends. `before` joins it to the run that it follows on.
 */
export function linePath(run: readonly IntensityPoint[], before: IntensityPoint | undefined, scales: Scales): string {
  const { at, x } = placing(scales);
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return '';
  const joins = before !== undefined && before.endMs === first.startMs;
  const start = joins
    ? at((before.startMs + before.endMs) / 2, before.value)
    : `${x(first.startMs)} ${at(first.startMs, first.value).split(' ')[1]}`;
  const middles = run.map((point) => at((point.startMs + point.endMs) / 2, point.value));
  return `M${[start, ...middles, at(last.endMs, last.value)].join('L')}`;
}

/** Band from low to high over points that follow on each other. */
export function bandPath(run: readonly IntensityPoint[], scales: Scales): string {
  const { at } = placing(scales);
  const edge = (points: readonly IntensityPoint[], pick: (point: IntensityPoint) => number, isBack: boolean) =>
    points.flatMap((point) => {
      const corners = [at(point.startMs, pick(point)), at(point.endMs, pick(point))];
      return isBack ? corners.toReversed() : corners;
    });
  if (run.length === 0) return '';
  const upper = edge(run, (point) => point.high, false);
  const lower = edge(run.toReversed(), (point) => point.low, true);
  return `M${[...upper, ...lower].join('L')}Z`;
}

function placing({ frame, fromMs, toMs, max }: Scales) {
  const scaleX = positionX(frame, fromMs, toMs);
  const scaleY = valueY(frame, max);
  const x = (atMs: number): string => scaleX(atMs).toFixed(1);
  return { x, at: (atMs: number, value: number): string => `${x(atMs)} ${scaleY(value).toFixed(1)}` };
}
