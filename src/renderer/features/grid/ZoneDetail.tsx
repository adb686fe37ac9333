import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { GridZoneSummary, GridZones } from '../../../contract/schemas/grid.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { shapeIntensity } from '../../charts/intensity.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { CleanHoursPanel } from './CleanHoursPanel.tsx';
import { DayHoursPanel } from './DayHoursPanel.tsx';
import { FeedNotice } from './FeedNotice.tsx';
import { IntensityPanel } from './IntensityPanel.tsx';
import { ZoneFigures } from './ZoneFigures.tsx';

/** One zone: now, over time, the hours to come, and the state of its feed. */
export function ZoneDetail(props: {
  readonly zone: GridZoneSummary;
  readonly share: number | null;
  readonly period: GridZones['period'] | undefined;
  readonly onRetry: () => void;
}) {
  const { zone, share, period } = props;
  const { cluster: _cluster, ...range } = useView().query;
  const { tz } = useView();
  const api = useApi();
  const nowMs = useNow();
  const history = useQuery(api.grid.history.queryOptions({ input: { ...range, zone: zone.zone } }));
  const data = useMemo(() => (history.data === undefined ? undefined : shapeIntensity(history.data)), [history.data]);
  const isEmpty = data !== undefined && data.points.length === 0;
  const state = panelStateOf([history], {
    nowMs,
    tz,
    empty: isEmpty ? (
      <EmptyState title="No intensity of this zone in this range">
        No feed gave a value for it, and no table knows the zone.
      </EmptyState>
    ) : null,
  });
  const retry = (): void => {
    props.onRetry();
    void history.refetch();
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <FeedNotice zone={zone} nowMs={nowMs} tz={tz} onRetry={retry} />
      <ZoneFigures zone={zone} share={share} period={period} nowMs={nowMs} tz={tz} />
      <IntensityPanel zone={zone} data={data} nowMs={nowMs} state={state} />
      <div className="grid flex-1 grid-cols-1 gap-3 mid:grid-cols-2">
        <CleanHoursPanel zone={zone} history={history} nowMs={nowMs} tz={tz} />
        <DayHoursPanel data={data} state={state} tz={tz} />
      </div>
    </div>
  );
}
