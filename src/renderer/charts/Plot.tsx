import type { ReactNode } from 'react';
import { CartesianGrid, ComposedChart, XAxis, YAxis } from 'recharts';
import type { Frame } from './frame.ts';
import { tickText, type ValueScale } from './value-ticks.ts';

export interface PlotTick {
  readonly at: number;
  readonly label: string;
}

interface Props {
  readonly frame: Frame;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly PlotTick[];
  /** Time labels stand right of their tick, numbers below it. */
  readonly tickAnchor: 'start' | 'middle';
  readonly scale: ValueScale;
  /** SVG of the marks, in pixels of the frame. */
  readonly children: ReactNode;
}

interface TickProps {
  readonly x?: number | string;
  readonly y?: number | string;
  readonly payload?: { readonly value: number };
}

const AXIS_TEXT = { fontSize: 11, fill: 'var(--chart-axis)', style: { fontVariantNumeric: 'tabular-nums' } } as const;
/** A label that starts nearer to the right edge than this would be cut. */
const LABEL_ROOM = 40;

/** Axes and grid of a chart, drawn by Recharts; the marks are ours, so that steps, gaps and bounds are exact. */
export function Plot({ frame, from, to, ticks, tickAnchor, scale, children }: Props) {
  const labels = new Map(ticks.map((tick) => [tick.at, tick.label]));
  const bottom = frame.height - frame.bottom;
  const timeTick = ({ x, payload }: TickProps) => {
    const left = Number(x);
    const isTime = tickAnchor === 'start';
    return (
      <g>
        {isTime && <line x1={left} x2={left} y1={bottom} y2={bottom + 4} stroke="var(--border-strong)" />}
        {(!isTime || frame.width - left > LABEL_ROOM) && (
          <text {...AXIS_TEXT} x={isTime ? left + 4 : left} y={bottom + 15} textAnchor={tickAnchor}>
            {labels.get(payload?.value ?? Number.NaN) ?? ''}
          </text>
        )}
      </g>
    );
  };
  const valueTick = ({ y, payload }: TickProps) => (
    <text {...AXIS_TEXT} x={frame.left - 8} y={Number(y) + 4} textAnchor="end">
      {tickText(scale, payload?.value ?? 0)}
    </text>
  );
  return (
    <ComposedChart
      data={[{ at: from }, { at: to }]}
      width={frame.width}
      height={frame.height}
      margin={{ top: frame.top, right: frame.right, bottom: 0, left: 0 }}
      accessibilityLayer={false}
      style={{ pointerEvents: 'none' }}
    >
      <CartesianGrid vertical={false} horizontalValues={[...scale.ticks]} stroke="var(--chart-grid)" />
      <XAxis
        dataKey="at"
        type="number"
        domain={[from, to]}
        allowDataOverflow
        ticks={ticks.map((tick) => tick.at)}
        interval={0}
        height={frame.bottom}
        tick={timeTick}
        tickLine={false}
        axisLine={{ stroke: 'var(--border-strong)' }}
      />
      <YAxis
        type="number"
        domain={[0, scale.max]}
        allowDataOverflow
        ticks={[...scale.ticks]}
        interval={0}
        width={frame.left}
        tick={valueTick}
        tickLine={false}
        axisLine={false}
      />
      {children}
    </ComposedChart>
  );
}
