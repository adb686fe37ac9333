import { memo } from 'react';
import { type Frame, positionX } from './frame.ts';
import { Gaps } from './Gaps.tsx';
import { fillOf, Hatches, useHatchIds } from './Hatches.tsx';
import type { StackData } from './stack.ts';
import { columnPaths, ghostPath, stepPaths, timeSpan } from './stack-paths.ts';

interface Props {
  readonly data: StackData;
  readonly frame: Frame;
  readonly max: number;
  readonly marks: 'columns' | 'areas';
  /** Keys that the legend has switched off are drawn faint; null shows all. */
  readonly solo: string | null;
}

const PARTIAL_OPACITY = 0.45;

/** The marks of a stack over time. Doesn't depend on the cursor, so moving it draws nothing again. */
export const StackMarks = memo(function StackMarks({ data, frame, max, marks, solo }: Props) {
  const ids = useHatchIds();
  const [from, to] = timeSpan(data);
  const paths = marks === 'columns' ? columnPaths(data, frame, max) : stepPaths(data, frame, max);
  const ghost = ghostPath(data, frame, max);
  return (
    <g>
      <Hatches ids={ids} />
      <Gaps gaps={data.gaps} frame={frame} from={from} to={to} fill={`url(#${ids.gap})`} />
      {data.series.map((series, index) => {
        const path = paths[index];
        if (path === undefined) return null;
        const faint = solo !== null && solo !== series.key;
        return (
          <g key={series.key} fill={fillOf(series.paint, ids)} opacity={faint ? 0.18 : 1} data-series={series.key}>
            <path d={path.whole} />
            {path.partial !== '' && <path d={path.partial} opacity={PARTIAL_OPACITY} data-partial="" />}
          </g>
        );
      })}
      {ghost !== '' && (
        <g fill="none" data-ghost="">
          <path d={ghost} stroke="var(--surface-1)" strokeWidth={3} opacity={0.55} />
          <path d={ghost} stroke="var(--chart-ghost)" strokeWidth={1.25} strokeDasharray="3 2" />
        </g>
      )}
    </g>
  );
});

/** Middle of a bucket, in pixels of the frame. */
export function bucketMiddle(data: StackData, frame: Frame, index: number): number {
  const bucket = data.buckets[index];
  const [from, to] = timeSpan(data);
  return bucket === undefined ? frame.left : positionX(frame, from, to)((bucket.startMs + bucket.endMs) / 2);
}
