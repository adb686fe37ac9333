import { type Frame, plotHeight, positionX, valueY } from './frame.ts';
import type { StackData } from './stack.ts';
import { timeSpan } from './stack-paths.ts';

interface Props {
  readonly data: StackData;
  readonly frame: Frame;
  readonly max: number;
  readonly index: number;
}

/** Light behind the bucket that the cursor is on; goes below the marks. */
export function CursorBand({ data, frame, index }: Omit<Props, 'max'>) {
  const bucket = data.buckets[index];
  if (bucket === undefined) return null;
  const x = positionX(frame, ...timeSpan(data));
  const left = x(bucket.startMs);
  return (
    <rect
      x={left - 1}
      y={frame.top}
      width={Math.max(2, x(bucket.endMs) - left + 1)}
      height={plotHeight(frame)}
      fill="var(--surface-selected)"
    />
  );
}

/** Low to high of the bucket that the cursor is on; an arrow at the top where the high end is off the scale. */
export function CursorWhisker({ data, frame, max, index }: Props) {
  const bucket = data.buckets[index];
  if (bucket === undefined || bucket.low === null || bucket.high === null || bucket.total === null) return null;
  const scaleX = positionX(frame, ...timeSpan(data));
  const y = valueY(frame, max);
  const x = (scaleX(bucket.startMs) + scaleX(bucket.endMs)) / 2;
  const isOff = bucket.high > max;
  const top = isOff ? frame.top : y(bucket.high);
  const floor = y(bucket.low);
  return (
    <g data-whisker="">
      <line x1={x} x2={x} y1={top - 2} y2={floor + 2} stroke="var(--surface-1)" strokeWidth={5} />
      <g stroke="var(--chart-cursor)" strokeWidth={1.5}>
        <line x1={x} x2={x} y1={top} y2={floor} />
        {isOff ? (
          <path d={`M${x - 4} ${top + 5}L${x} ${top}L${x + 4} ${top + 5}`} fill="none" data-off-scale="" />
        ) : (
          <line x1={x - 4} x2={x + 4} y1={top} y2={top} data-cap="" />
        )}
        <line x1={x - 4} x2={x + 4} y1={floor} y2={floor} />
      </g>
    </g>
  );
}

/** The stretch that is being dragged over, between two instants. */
export function DragBand({
  data,
  frame,
  fromMs,
  toMs,
}: Omit<Props, 'max' | 'index'> & { readonly fromMs: number; readonly toMs: number }) {
  const x = positionX(frame, ...timeSpan(data));
  const left = x(Math.min(fromMs, toMs));
  const width = x(Math.max(fromMs, toMs)) - left;
  return (
    <rect
      x={left}
      y={frame.top}
      width={width}
      height={plotHeight(frame)}
      fill="var(--chart-band)"
      stroke="var(--focus)"
      strokeWidth={1}
    />
  );
}
