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
  const { at } = placing(scales);
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return '';
  const joins = before !== undefined && before.endMs === first.startMs;
  const start = joins ? at((before.startMs + before.endMs) / 2, before.value) : at(first.startMs, first.value);
  const middles = run.map((point) => at((point.startMs + point.endMs) / 2, point.value));
  return `M${[start, ...middles, at(last.endMs, last.value)].join('L')}`;
}

/** Band from low to high of a run, through the same instants as its line. */
export function bandPath(run: readonly IntensityPoint[], scales: Scales): string {
  const { at } = placing(scales);
  const [first] = run;
  const last = run.at(-1);
  if (first === undefined || last === undefined) return '';
  const edge = (pick: (point: IntensityPoint) => number): string[] => [
    at(first.startMs, pick(first)),
    ...run.map((point) => at((point.startMs + point.endMs) / 2, pick(point))),
    at(last.endMs, pick(last)),
  ];
  return `M${[...edge((point) => point.high), ...edge((point) => point.low).toReversed()].join('L')}Z`;
}

function placing({ frame, fromMs, toMs, max }: Scales) {
  const x = positionX(frame, fromMs, toMs);
  const y = valueY(frame, max);
  return { at: (atMs: number, value: number): string => `${x(atMs).toFixed(1)} ${y(value).toFixed(1)}` };
}
