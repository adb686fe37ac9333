import { Table2 } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import type { GridZoneSummary } from '../../../contract/schemas/grid.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { between } from '../../app/view/range.ts';
import { useView } from '../../app/view/use-view.ts';
import { IntensityChart } from '../../charts/IntensityChart.tsx';
import { IntensityLegend } from '../../charts/IntensityLegend.tsx';
import { IntensityTable } from '../../charts/IntensityTable.tsx';
import type { IntensityData } from '../../charts/intensity.ts';
import type { TimeRangeMs } from '../../charts/use-chart-reader.ts';
import { ChartSkeleton } from '../../figures/ChartSkeleton.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Panel, type PanelState } from '../../ui/Panel.tsx';

const HEIGHT = 'h-[236px] [@media(min-height:1000px)]:h-[330px]';

/** Intensity over time with what is to come; the same as a table (key T). */
export function IntensityPanel(props: {
  readonly zone: GridZoneSummary;
  readonly data: IntensityData | undefined;
  readonly nowMs: number;
  readonly state: PanelState;
}) {
  const { zone, data, nowMs } = props;
  const view = useView();
  const [asTable, setAsTable] = useState(false);
  const toggle = useCallback(() => setAsTable((before) => !before), []);
  useShortcuts(useMemo(() => ({ t: toggle }), [toggle]));
  const title = `Intensity of ${zone.name}`;
  const zoom = ({ startMs, endMs }: TimeRangeMs): void => {
    // What is to come has no range of its own.
    if (startMs < nowMs) view.setRange(between(startMs, Math.min(endMs, nowMs)));
  };
  const zoomed = view.range.kind === 'between';
  return (
    <Panel
      title="Intensity over time"
      note={`g/kWh, ${zone.factor_type} factors, per ${isDaily(data) ? 'day' : 'hour'}`}
      state={props.state}
      skeleton={<ChartSkeleton heightClass={HEIGHT} label={`Loading ${title}`} />}
      className="min-h-[318px] [@media(min-height:1000px)]:min-h-[412px]"
      actions={
        <IconButton
          size="small"
          label={asTable ? 'Show as chart' : 'Show as table'}
          aria-keyshortcuts="T"
          onClick={toggle}
        >
          <Table2 aria-hidden="true" />
        </IconButton>
      }
    >
      {data !== undefined && (
        <>
          <div className={HEIGHT}>
            {asTable ? (
              <IntensityTable data={data} title={title} tz={view.tz} onZoom={zoom} />
            ) : (
              <IntensityChart
                data={data}
                title={title}
                tz={view.tz}
                nowMs={nowMs}
                onZoom={zoom}
                onZoomBack={zoomed ? () => window.history.back() : undefined}
                onTable={toggle}
              />
            )}
          </div>
          <div className="pt-2">
            <IntensityLegend data={data} />
          </div>
        </>
      )}
    </Panel>
  );
}

const isDaily = (data: IntensityData | undefined): boolean => {
  const [first] = data?.points ?? [];
  return first !== undefined && first.endMs - first.startMs > 3_600_000;
};
