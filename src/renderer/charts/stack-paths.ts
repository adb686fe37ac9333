import { type Frame, plotWidth, positionX, valueY } from './frame.ts';
import type { StackBucket, StackData } from './stack.ts';

/** One SVG path for each series: whole buckets and partial ones apart, because partial ones are paler. */
export interface SeriesPath {
  readonly key: string;
  readonly whole: string;
  readonly partial: string;
}

const px = (value: number): string => (Math.round(value * 100) / 100).toString();
const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${px(x)} ${px(y)}h${px(width)}v${px(height)}h${px(-width)}z`;

/** Space between columns, by the width of one. */
function columnGap(width: number): number {
  if (width > 9) return 2;
  if (width > 4) return 1;
  return width > 2 ? 0.5 : 0;
}

/** Columns of a stack. Two thousand columns of eight series stay sixteen elements. */
export function columnPaths(data: StackData, frame: Frame, max: number): SeriesPath[] {
  return stackPaths(data, frame, max, (bucket, x, y) => {
    const left = x(bucket.startMs);
    const full = x(bucket.endMs) - left;
    const width = Math.max(0.5, full - columnGap(full));
    return (low, high, isTop) => {
      const height = y(low) - y(high);
      // A hair between the parts of a column; the top keeps its full height, so that totals read right.
      const seam = !isTop && height > 3 ? 0.5 : 0;
      return rectangle(left, y(high) + seam, width, height - seam);
    };
  });
}

/** Areas with straight steps: like columns without space between them. */
export function stepPaths(data: StackData, frame: Frame, max: number): SeriesPath[] {
  return stackPaths(data, frame, max, (bucket, x, y) => {
    const left = x(bucket.startMs);
    const width = x(bucket.endMs) - left;
    // Drawn a little over the edge, or the antialiasing of neighbours shows as lines.
    return (low, high) => rectangle(left, y(high), width + 0.25, y(low) - y(high));
  });
}

type Cell = (low: number, high: number, isTop: boolean) => string;

function stackPaths(
  data: StackData,
  frame: Frame,
  max: number,
  cellOf: (bucket: StackBucket, x: (at: number) => number, y: (value: number) => number) => Cell,
): SeriesPath[] {
  const [x, y] = scales(data, frame, max);
  const paths = data.series.map(({ key }) => ({ key, whole: '', partial: '' }));
  data.buckets.forEach((bucket, index) => {
    if (bucket.state === 'gap') return;
    const cell = cellOf(bucket, x, y);
    let floor = 0;
    data.series.forEach((series, place) => {
      const value = series.values[index] ?? 0;
      const path = paths[place];
      if (value <= 0 || path === undefined) return;
      const text = cell(floor, floor + value, place === data.series.length - 1);
      if (bucket.state === 'partial') path.partial += text;
      else path.whole += text;
      floor += value;
    });
  });
  return paths;
}

/** Dashed step line of the period before; broken where that had no data. */
export function ghostPath(data: StackData, frame: Frame, max: number): string {
  const [x, y] = scales(data, frame, max);
  let path = '';
  let pen = false;
  for (const bucket of data.buckets) {
    if (bucket.previous === null) {
      pen = false;
      continue;
    }
    const height = px(y(bucket.previous));
    path += `${pen ? 'L' : 'M'}${px(x(bucket.startMs))} ${height}L${px(x(bucket.endMs))} ${height}`;
    pen = true;
  }
  return path;
}

function scales(data: StackData, frame: Frame, max: number): [(at: number) => number, (value: number) => number] {
  const [from, to] = timeSpan(data);
  return [positionX(frame, from, to), valueY(frame, max)];
}

/** First start and last end of the buckets, epoch milliseconds. */
export function timeSpan(data: StackData): [number, number] {
  return [data.buckets[0]?.startMs ?? 0, data.buckets.at(-1)?.endMs ?? 1];
}

/** The highest total, which the unit of chart and table follows. */
export function highestTotal(data: StackData): number {
  return data.buckets.reduce((most, bucket) => Math.max(most, bucket.total ?? 0), 0);
}

/** Room above the highest total. */
const ROOM = 1.1;

/**
 * What the scale must hold: totals with some room above them, and the period before. Bounds may be twice the total;
 * room for them would leave half of the chart empty, so a whisker that is taller ends in an arrow at the top.
 */
export function highestValue(data: StackData): number {
  return data.buckets.reduce((most, bucket) => Math.max(most, bucket.previous ?? 0), highestTotal(data) * ROOM);
}

/** The series under a value (base unit, from the floor) of a bucket; null above the stack. */
export function seriesAt(data: StackData, index: number, value: number): string | null {
  let floor = 0;
  for (const series of data.series) {
    const top = floor + (series.values[index] ?? 0);
    if (value >= floor && value < top) return series.key;
    floor = top;
  }
  return null;
}

/** Pixel (from the left of the frame) → epoch milliseconds, kept inside the plot. */
export function timeAt(data: StackData, frame: Frame, pixel: number): number {
  const [from, to] = timeSpan(data);
  const share = (pixel - frame.left) / plotWidth(frame);
  return from + Math.min(1, Math.max(0, share)) * (to - from);
}
