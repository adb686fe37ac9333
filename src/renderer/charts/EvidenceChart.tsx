import { type PointerEvent, useState } from 'react';
import { withDecimals } from '../format/digits.ts';
import { formatBucket } from '../format/time.ts';
import { amountText } from './amount.ts';
import { EvidenceMarks } from './EvidenceMarks.tsx';
import type { EvidencePoint, EvidenceShape } from './evidence.ts';
import { frameFor, positionX } from './frame.ts';
import { Hatches, useHatchIds } from './Hatches.tsx';
import { Plot } from './Plot.tsx';
import { timeTicks } from './time-ticks.ts';
import { useSize } from './use-size.ts';
import { tickText, valueScale } from './value-ticks.ts';

interface Props {
  readonly shape: EvidenceShape;
  /** `CPU of one pod` */
  readonly name: string;
  readonly tz: string;
}

/** `1.50`, `412`: a value of a series in its unit, without the unit. */
function evidenceNumber(value: number, shape: EvidenceShape): string {
  const amount = value / shape.unit.size;
  return withDecimals(amount, Math.abs(amount) >= 100 || shape.unit.symbol === 'pods' ? 0 : 2);
}

const WIDEST_LETTER = 6.4;

/** What was used over the look-back against what is asked for and what is proposed. */
export function EvidenceChart({ shape, name, tz }: Props) {
  const [ref, size] = useSize<HTMLDivElement>({ width: 480, height: 148 });
  const [hovered, setHovered] = useState<EvidencePoint | null>(null);
  const ids = useHatchIds();
  const scale = valueScale(shape.highest, shape.unit, 5);
  const labels = shape.lines.map((line) => line.label);
  const right = 12 + Math.max(0, ...labels.map((label) => label.length)) * WIDEST_LETTER;
  const frame = frameFor(
    size.width,
    size.height,
    scale.ticks.map((tick) => tickText(scale, tick)),
    20,
    Math.min(right, size.width / 3),
  );
  const from = shape.points[0]?.startMs ?? 0;
  const to = shape.points.at(-1)?.endMs ?? 1;
  const x = positionX(frame, from, to);
  const ticks = timeTicks(shape.points, tz, size.width < 420 ? 4 : 6).map(({ atMs, label }) => ({ at: atMs, label }));
  const onPointerMove = (event: PointerEvent<HTMLDivElement>): void => {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left;
    setHovered(shape.points.find((point) => at >= x(point.startMs) && at < x(point.endMs)) ?? null);
  };
  return (
    <div
      ref={ref}
      className="relative size-full min-h-0"
      onPointerMove={onPointerMove}
      onPointerLeave={() => setHovered(null)}
    >
      <div role="img" aria-label={evidenceSentence(shape, name, tz)} className="absolute inset-0 overflow-hidden">
        <Plot frame={frame} from={from} to={to} ticks={ticks} tickAnchor="start" scale={scale}>
          <Hatches ids={ids} />
          <EvidenceMarks
            shape={shape}
            frame={frame}
            from={from}
            to={to}
            max={scale.max}
            gapFill={`url(#${ids.gap})`}
            labels={labels}
            hovered={hovered}
          />
        </Plot>
      </div>
      {hovered !== null && <Card point={hovered} shape={shape} tz={tz} left={x(hovered.startMs)} width={size.width} />}
    </div>
  );
}

const CARD_WIDTH = 168;

function Card(props: { point: EvidencePoint; shape: EvidenceShape; tz: string; left: number; width: number }) {
  const { point, shape } = props;
  const left = props.left + 12 + CARD_WIDTH > props.width ? props.left - CARD_WIDTH - 12 : props.left + 12;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none absolute top-2 z-10 rounded-2 bg-overlay px-2.5 py-1.5 text-small shadow-2"
      style={{ left, width: CARD_WIDTH }}
    >
      <div className="font-medium">{formatBucket(point.startMs, point.endMs, props.tz)}</div>
      <CardLine name="Mean" value={point.mean} shape={shape} />
      {point.peak !== null && <CardLine name="Peak" value={point.peak} shape={shape} />}
    </div>
  );
}

function CardLine({ name, value, shape }: { name: string; value: number | null; shape: EvidenceShape }) {
  return (
    <div className="flex justify-between text-fg-2">
      <span>{name}</span>
      <span className="tabular-nums">{value === null ? 'no data' : amountText(value, shape.unit)}</span>
    </div>
  );
}

/** `CPU of one pod, 12–18 Nov: mean 0.21 to 0.44 cores, highest 0.86 cores; Request 1.50, Propose 0.60. 5 hours without data.` */
export function evidenceSentence(shape: EvidenceShape, name: string, tz: string): string {
  const means = shape.points.map((point) => point.mean).filter((mean) => mean !== null);
  const [first] = shape.points;
  const last = shape.points.at(-1);
  if (first === undefined || last === undefined || means.length === 0) return `${name}: no data`;
  const lines = shape.lines.map((line) => line.label).join(', ');
  const missing = shape.gaps.reduce((sum, gap) => sum + gap.endMs - gap.startMs, 0) / 3_600_000;
  const highest = shape.maximum === null ? '' : `, highest ${amountText(shape.maximum.value, shape.unit)}`;
  return [
    `${name}, ${formatBucket(first.startMs, last.endMs, tz)}: mean ${evidenceNumber(Math.min(...means), shape)} to ${amountText(Math.max(...means), shape.unit)}${highest}`,
    lines === '' ? '.' : `; ${lines}.`,
    missing === 0 ? '' : ` ${Math.round(missing)} hours without data.`,
  ].join('');
}
