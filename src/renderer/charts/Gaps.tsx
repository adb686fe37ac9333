import type { Gap } from './buckets.ts';
import { type Frame, plotHeight, positionX } from './frame.ts';
import { gapLength } from './sentence.ts';

interface Props {
  readonly gaps: readonly Gap[];
  readonly frame: Frame;
  readonly from: number;
  readonly to: number;
  readonly fill: string;
}

const TEXT = {
  fontSize: 11,
  fill: 'var(--text-3)',
  stroke: 'var(--chart-gap)',
  strokeWidth: 4,
  paintOrder: 'stroke',
  textAnchor: 'middle',
} as const;
const LABEL_WIDTH = 60;

/** Stretches without data: hatched to the full height, labelled with their length where there is room. */
export function Gaps({ gaps, frame, from, to, fill }: Props) {
  const x = positionX(frame, from, to);
  let labelEnd = Number.NEGATIVE_INFINITY;
  return gaps.map((gap) => {
    const left = x(gap.startMs);
    const right = x(gap.endMs);
    const middle = Math.min(
      Math.max((left + right) / 2, frame.left + LABEL_WIDTH / 2),
      frame.width - frame.right - LABEL_WIDTH / 2,
    );
    const hasRoom = middle - LABEL_WIDTH / 2 > labelEnd;
    if (hasRoom) labelEnd = middle + LABEL_WIDTH / 2;
    return (
      <g key={gap.startMs}>
        <rect x={left} y={frame.top} width={Math.max(1, right - left)} height={plotHeight(frame)} fill={fill} />
        {hasRoom && (
          <g transform={`translate(${middle},${frame.top + 12})`}>
            <text {...TEXT}>No data</text>
            <text {...TEXT} y={14}>
              {gapLength(gap)}
            </text>
          </g>
        )}
      </g>
    );
  });
}
