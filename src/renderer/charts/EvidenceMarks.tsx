import { amountText } from './amount.ts';
import { type EvidencePoint, type EvidenceShape, runsOf, spreadLabels, type WireLine } from './evidence.ts';
import { type Frame, plotHeight, positionX, valueY } from './frame.ts';

interface Props {
  readonly shape: EvidenceShape;
  readonly frame: Frame;
  readonly from: number;
  readonly to: number;
  readonly max: number;
  readonly gapFill: string;
  /** One a line of the shape. */
  readonly labels: readonly string[];
  readonly hovered: EvidencePoint | null;
}

const LOOKS: Record<WireLine['kind'], { stroke: string; dash?: string; text: string; weight: number }> = {
  request: { stroke: 'var(--bad)', text: 'var(--text-1)', weight: 500 },
  proposal: { stroke: 'var(--good)', dash: '5 3', text: 'var(--text-1)', weight: 500 },
  limit: { stroke: 'var(--text-2)', text: 'var(--text-2)', weight: 400 },
  p95: { stroke: 'var(--text-2)', dash: '1.5 3', text: 'var(--text-3)', weight: 400 },
  threshold: { stroke: 'var(--text-3)', dash: '6 3 1.5 3', text: 'var(--text-3)', weight: 400 },
  maximum: { stroke: 'var(--text-2)', text: 'var(--text-2)', weight: 400 },
};
const LABEL_GAP = 14;

/** Gaps, band to the peak, mean, lines with their labels, and the highest step. */
export function EvidenceMarks({ shape, frame, from, to, max, gapFill, labels, hovered }: Props) {
  const x = positionX(frame, from, to);
  const y = valueY(frame, max);
  const middle = (point: EvidencePoint): number => x((point.startMs + point.endMs) / 2);
  const at = (point: EvidencePoint, value: number): string => `${middle(point).toFixed(1)} ${y(value).toFixed(1)}`;
  const right = frame.width - frame.right;
  const texts = spreadLabels(
    shape.lines.map((line) => y(line.value)),
    LABEL_GAP,
    frame.top,
    frame.height - frame.bottom,
  );
  return (
    <g>
      {shape.gaps.map((gap) => (
        <rect
          key={gap.startMs}
          x={x(gap.startMs)}
          y={frame.top}
          width={Math.max(1, x(gap.endMs) - x(gap.startMs))}
          height={plotHeight(frame)}
          fill={gapFill}
        />
      ))}
      {runsOf(shape.points, (point) => (point.mean === null ? null : point.peak)).map((run) => (
        <path
          key={run[0]?.startMs}
          d={`M${run.map((point) => at(point, point.peak ?? 0)).join('L')}L${run
            .toReversed()
            .map((point) => at(point, point.mean ?? 0))
            .join('L')}Z`}
          fill="var(--chart-band)"
        />
      ))}
      {runsOf(shape.points, (point) => point.mean).map((run) => (
        <path
          key={run[0]?.startMs}
          d={`M${run.map((point) => at(point, point.mean ?? 0)).join('L')}`}
          fill="none"
          stroke="var(--series-1)"
          strokeWidth={1.5}
          strokeLinejoin="round"
          strokeLinecap="round"
        />
      ))}
      {shape.lines.map((line, index) => {
        const look = LOOKS[line.kind];
        return (
          <g key={`${line.kind} ${line.label}`}>
            <line
              x1={frame.left}
              x2={right}
              y1={y(line.value)}
              y2={y(line.value)}
              stroke={look.stroke}
              strokeWidth={1.5}
              {...(look.dash === undefined ? {} : { strokeDasharray: look.dash })}
            />
            <text
              x={right + 6}
              y={(texts[index] ?? 0) + 4}
              fontSize={11}
              fontWeight={look.weight}
              fill={look.text}
              style={{ fontVariantNumeric: 'tabular-nums' }}
            >
              {labels[index]}
            </text>
          </g>
        );
      })}
      {shape.maximum !== null && <Highest shape={shape} at={shape.maximum} x={x} y={y} frame={frame} />}
      {hovered !== null && (
        <g>
          <line
            x1={middle(hovered)}
            x2={middle(hovered)}
            y1={frame.top}
            y2={frame.height - frame.bottom}
            stroke="var(--chart-cursor)"
          />
          {hovered.mean !== null && (
            <circle
              cx={middle(hovered)}
              cy={y(hovered.mean)}
              r={3}
              fill="var(--series-1)"
              stroke="var(--surface-1)"
              strokeWidth={1.5}
            />
          )}
        </g>
      )}
    </g>
  );
}

interface HighestProps {
  readonly shape: EvidenceShape;
  readonly at: NonNullable<EvidenceShape['maximum']>;
  readonly x: (at: number) => number;
  readonly y: (value: number) => number;
  readonly frame: Frame;
}

function Highest({ shape, at, x, y, frame }: HighestProps) {
  const left = x(at.atMs);
  const isLate = left > frame.left + 72;
  return (
    <g>
      <circle cx={left} cy={y(at.value)} r={3} fill="var(--surface-1)" stroke="var(--text-1)" strokeWidth={1.75} />
      <text
        x={isLate ? left - 7 : left + 7}
        y={y(at.value) - 5}
        textAnchor={isLate ? 'end' : 'start'}
        fontSize={11}
        fill="var(--text-2)"
        stroke="var(--surface-1)"
        strokeWidth={3}
        paintOrder="stroke"
        style={{ fontVariantNumeric: 'tabular-nums' }}
      >
        Max {amountText(at.value, shape.unit)}
      </text>
    </g>
  );
}
