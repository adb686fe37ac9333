import type { NodeDetail } from '../../contract/schemas/nodes.ts';
import { formatPercent } from '../format/change.ts';
import { formatRange } from '../format/quantity.ts';
import { chooseUnit } from '../format/units.ts';
import { amountText } from './amount.ts';
import { curveAt, latestWindow } from './curve.ts';
import { type Frame, frameFor, positionX, valueY } from './frame.ts';
import { Plot } from './Plot.tsx';
import { useSize } from './use-size.ts';
import { tickText, type ValueScale, valueScale } from './value-ticks.ts';

interface Props {
  readonly curve: NonNullable<NodeDetail['curve']>;
  readonly windows: NodeDetail['windows'];
}

const TICKS = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: at === 1 ? '100 %' : `${at * 100}` }));
const AXIS_TITLE = 'CPU utilisation';

/** The power model of a node: line through its points, band from low to high, a dot for each window, the latest marked. */
export function PowerCurve({ curve, windows }: Props) {
  const [ref, size] = useSize<HTMLDivElement>({ width: 360, height: 286 });
  const highest = Math.max(
    ...curve.points.map((point) => point.high_watts),
    ...windows.map((window) => window.watts),
    0,
  );
  const scale = valueScale(highest, chooseUnit('power', highest), 6);
  const frame = frameFor(
    size.width,
    size.height,
    scale.ticks.map((tick) => tickText(scale, tick)),
    36,
    24,
  );
  const now = latestWindow(windows);
  return (
    <div ref={ref} className="relative size-full min-h-0">
      <div
        role="img"
        aria-label={curveSentence(curve, windows.length, now)}
        className="absolute inset-0 overflow-hidden"
      >
        <Plot frame={frame} from={0} to={1} ticks={TICKS} tickAnchor="middle" scale={scale}>
          <CurveMarks curve={curve} windows={windows} now={now} frame={frame} scale={scale} />
        </Plot>
      </div>
    </div>
  );
}

type Window = NodeDetail['windows'][number];

function curveSentence(curve: Props['curve'], count: number, now: Window | null): string {
  const points = curve.points.map(
    (point) => `${amountText(point.watts, chooseUnit('power', point.watts))} at ${formatPercent(point.utilisation)}`,
  );
  const latest =
    now === null
      ? ''
      : ` Latest window: ${amountText(now.watts, chooseUnit('power', now.watts))} at ${formatPercent(now.utilisation)}.`;
  return `Power against CPU utilisation, model ${curve.id}: ${points.join(', ')}. ${count} ${count === 1 ? 'window' : 'windows'} shown.${latest}`;
}

interface MarksProps extends Props {
  readonly now: Window | null;
  readonly frame: Frame;
  readonly scale: ValueScale;
}

function CurveMarks({ curve, windows, now, frame, scale }: MarksProps) {
  const x = positionX(frame, 0, 1);
  const y = valueY(frame, scale.max);
  const points = curve.points.toSorted((a, b) => a.utilisation - b.utilisation);
  const line = (pick: (point: (typeof points)[number]) => number, all = points): string =>
    all.map((point) => `${x(point.utilisation).toFixed(1)} ${y(pick(point)).toFixed(1)}`).join('L');
  const band = `M${line((point) => point.high_watts)}L${line((point) => point.low_watts, points.toReversed())}Z`;
  return (
    <g>
      <path d={band} fill="var(--chart-band)" />
      {windows.map((window) => (
        <circle
          key={window.timestamp}
          cx={x(window.utilisation)}
          cy={y(window.watts)}
          r={1.4}
          fill="var(--text-3)"
          opacity={0.5}
        />
      ))}
      <path
        d={`M${line((point) => point.watts)}`}
        fill="none"
        stroke="var(--power-dynamic)"
        strokeWidth={2}
        strokeLinejoin="round"
      />
      {points.map((point) => (
        <rect
          key={point.utilisation}
          x={x(point.utilisation) - 2.5}
          y={y(point.watts) - 2.5}
          width={5}
          height={5}
          fill="var(--surface-1)"
          stroke="var(--power-dynamic)"
          strokeWidth={1.5}
        />
      ))}
      {now !== null && <NowMark curve={curve} now={now} frame={frame} scale={scale} />}
      <text x={(x(0) + x(1)) / 2} y={frame.height - 3} textAnchor="middle" fontSize={11} fill="var(--chart-axis)">
        {AXIS_TITLE}
      </text>
    </g>
  );
}

function NowMark({ curve, now, frame, scale }: Omit<MarksProps, 'windows'> & { readonly now: Window }) {
  const x = positionX(frame, 0, 1)(now.utilisation);
  const y = valueY(frame, scale.max)(now.watts);
  const model = curveAt(curve.points, now.utilisation);
  const range = model === null ? '' : `, ${formatRange(model.low, model.high, scale.unit, now.watts)}`;
  const toLeft = now.utilisation > 0.6;
  const text = { x: toLeft ? x - 10 : x + 10, textAnchor: toLeft ? 'end' : 'start', fontSize: 11 } as const;
  // Below the curve, where nothing else is drawn; above it where the floor is near.
  const below = frame.height - frame.bottom - y > 48;
  const first = below ? y + 22 : y - 26;
  return (
    <g>
      <line x1={x} x2={x} y1={y} y2={frame.height - frame.bottom} stroke="var(--text-1)" strokeDasharray="2 2" />
      <circle cx={x} cy={y} r={4} fill="var(--text-1)" stroke="var(--surface-1)" strokeWidth={2} />
      <text {...text} y={first} fill="var(--text-1)" fontWeight={500}>
        Latest {formatPercent(now.utilisation)}
      </text>
      <text {...text} y={first + 14} fill="var(--chart-axis)">
        {amountText(now.watts, scale.unit)}
        {range}
      </text>
    </g>
  );
}
