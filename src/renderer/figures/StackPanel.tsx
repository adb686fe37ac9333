import { Table2 } from 'lucide-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useShortcuts } from '../app/shortcuts.ts';
import { between, isoInstant } from '../app/view/range.ts';
import { useView } from '../app/view/use-view.ts';
import { ChartTable } from '../charts/ChartTable.tsx';
import type { Cursor } from '../charts/cursor.ts';
import { Legend } from '../charts/Legend.tsx';
import type { StackData } from '../charts/stack.ts';
import { TimeChart } from '../charts/TimeChart.tsx';
import type { TimeRangeMs } from '../charts/use-chart-reader.ts';
import { formatBucket } from '../format/time.ts';
import { chooseUnit } from '../format/units.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { Panel, type PanelState } from '../ui/Panel.tsx';
import { Swatch } from '../ui/Swatch.tsx';
import { ChartSkeleton } from './ChartSkeleton.tsx';
import { ExplainButton } from './explain/ExplainButton.tsx';
import type { TargetOf } from './explain/target.ts';
import { useExplain } from './explain/use-explain.ts';

interface Props {
  readonly title: string;
  readonly data: StackData | undefined;
  /** `per 2 h`; the unit is put before it. */
  readonly noteEnd: string;
  readonly currency: string;
  readonly ghostLabel: string | null;
  readonly state: PanelState;
  readonly marks?: 'columns' | 'areas';
  readonly actions?: ReactNode;
  /** Classes that set the height of the drawing. */
  readonly heightClass: string;
  readonly head?: ReactNode;
  readonly className?: string;
  readonly onDrill?: (seriesKey: string) => void;
  /** What a series of the chart is explained by (null: the whole column); left out where columns can't be. */
  readonly targetOf?: (seriesKey: string | null) => TargetOf | null;
}

/** A chart over time in its panel: legend, brush that sets the range of the page, and the same as a table (key T). */
export function StackPanel(props: Props) {
  const { title, data, currency, ghostLabel } = props;
  const view = useView();
  const [asTable, setAsTable] = useState(false);
  const [solo, setSolo] = useState<string | null>(null);
  const toggle = useCallback(() => setAsTable((before) => !before), []);
  useShortcuts(useMemo(() => ({ t: toggle }), [toggle]));
  const highest = data?.buckets.reduce((most, bucket) => Math.max(most, bucket.total ?? 0), 0);
  const unit = data === undefined ? null : chooseUnit(data.kind, highest, currency).label;
  const spoken = `${title} ${props.noteEnd}`;
  const known = data?.series.some((series) => series.key === solo) === true ? solo : null;
  const zoom = ({ startMs, endMs }: TimeRangeMs): void => view.setRange(between(startMs, endMs));
  const { show } = useExplain();
  /** One column, or a series of it, as a figure of its own. */
  const columnTarget = (startMs: number, endMs: number, seriesKey: string | null): TargetOf | null => {
    const target = props.targetOf?.(seriesKey) ?? null;
    return target === null ? null : { ...target, start: isoInstant(startMs), end: isoInstant(endMs) };
  };
  const explain = ({ index, seriesKey }: Cursor): void => {
    const bucket = data?.buckets[index];
    if (bucket === undefined || bucket.total === null) return;
    const target = columnTarget(bucket.startMs, bucket.endMs, seriesKey);
    if (target !== null) show(target);
  };
  const zoomed = view.range.kind === 'between';
  return (
    <Panel
      title={title}
      note={unit === null ? props.noteEnd : `${unit}${data?.kind === 'power' ? ',' : ''} ${props.noteEnd}`}
      state={props.state}
      skeleton={<ChartSkeleton heightClass={props.heightClass} label={`Loading ${title}`} />}
      {...(props.className === undefined ? {} : { className: props.className })}
      actions={
        <>
          {ghostLabel !== null && (
            <span className="hidden items-center gap-1.5 pr-2 text-small text-fg-2 mid:flex">
              <Swatch kind="ghost" />
              {ghostLabel}
            </span>
          )}
          {props.actions}
          <IconButton
            size="small"
            label={asTable ? 'Show as chart' : 'Show as table'}
            aria-keyshortcuts="T"
            onClick={toggle}
          >
            <Table2 aria-hidden="true" />
          </IconButton>
        </>
      }
    >
      {props.head}
      {data !== undefined && (
        <>
          <div className={props.heightClass}>
            {asTable ? (
              <ChartTable
                data={data}
                title={spoken}
                tz={view.tz}
                currency={currency}
                ghostLabel={ghostLabel}
                onZoom={zoom}
                wrapTotal={(text, bucket) => {
                  const target = columnTarget(bucket.startMs, bucket.endMs, null);
                  if (target === null) return text;
                  const when = formatBucket(bucket.startMs, bucket.endMs, view.tz);
                  return (
                    <ExplainButton target={target} figure={`${data.name}, ${when}, ${text}`} quiet>
                      {text}
                    </ExplainButton>
                  );
                }}
              />
            ) : (
              <TimeChart
                data={data}
                title={spoken}
                tz={view.tz}
                currency={currency}
                marks={props.marks ?? 'columns'}
                ghostLabel={ghostLabel}
                solo={known}
                onZoom={zoom}
                onZoomBack={zoomed ? () => window.history.back() : undefined}
                onTable={toggle}
                {...(props.targetOf === undefined ? {} : { onExplain: explain })}
                {...(props.onDrill === undefined ? {} : { onDrill: props.onDrill })}
              />
            )}
          </div>
          <div className="pt-1.5">
            <Legend data={data} solo={known} onSolo={setSolo} />
          </div>
        </>
      )}
    </Panel>
  );
}
