import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { GRANULARITY_WORDS, powerGranularityFor } from '../../charts/granularity.ts';
import { shapePower } from '../../charts/power.ts';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { StackPanel } from '../../figures/StackPanel.tsx';
import { rangeSecondsOf } from '../../figures/use-queries.ts';
import { useApi } from '../../rpc/provider.tsx';
import { CurvePanel } from './CurvePanel.tsx';
import { NodeFigures } from './NodeFigures.tsx';
import type { NodeLine } from './node-list.ts';
import { UsersPanel } from './UsersPanel.tsx';

/** One node: figures, power over time, its power model, and who uses it. */
export function NodeDetailView({
  line,
  currency,
  coveredSeconds,
}: {
  readonly line: NodeLine;
  readonly currency: string;
  readonly coveredSeconds: number;
}) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const granularity = powerGranularityFor(rangeSecondsOf(view));
  const own = { ...view.query, cluster: line.clusterId, node: line.name };
  const series = useQuery(api.metrics.timeseries.queryOptions({ input: { ...own, granularity } }));
  const detail = useQuery(api.nodes.detail.queryOptions({ input: own }));
  const pods = useQuery(
    api.metrics.breakdown.queryOptions({ input: { ...own, by: 'pod', sort: 'energy', limit: 50 } }),
  );
  const power = useMemo(() => (series.data === undefined ? undefined : shapePower(series.data)), [series.data]);
  const covered = lastedSeconds(power?.buckets) ?? coveredSeconds;
  const spareCost = pods.data?.items.find((item) => item.row_kind === 'unallocated')?.total_cost ?? null;
  const state = panelStateOf([series], {
    nowMs,
    tz: view.tz,
    empty: power !== undefined && power.total <= 0 ? <NoFigures period={series.data?.period} /> : null,
  });
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <NodeFigures
        line={line}
        detail={detail.data}
        coveredSeconds={covered}
        currency={currency}
        spareCost={spareCost}
      />
      <StackPanel
        title="Power over time"
        data={power}
        noteEnd={`mean per ${GRANULARITY_WORDS[granularity]}`}
        currency={currency}
        ghostLabel={null}
        marks="areas"
        targetOf={() => ({ metric: 'energy', cluster: line.clusterId, node: line.name })}
        state={state}
        className="min-h-[298px] [@media(min-height:1000px)]:min-h-[372px]"
        heightClass="h-[216px] [@media(min-height:1000px)]:h-[290px]"
      />
      <div className="grid flex-1 grid-cols-1 gap-3 mid:grid-cols-2">
        <CurvePanel query={detail} nowMs={nowMs} tz={view.tz} />
        <UsersPanel query={pods} line={line} coveredSeconds={covered} nowMs={nowMs} tz={view.tz} />
      </div>
    </div>
  );
}

/** Seconds in which the node drew power: a node that lived two days of a week is not averaged over the week. */
function lastedSeconds(buckets: ReturnType<typeof shapePower>['buckets'] | undefined): number | null {
  const seconds = (buckets ?? []).reduce(
    (sum, bucket) => sum + ((bucket.total ?? 0) > 0 ? bucket.coveredSeconds : 0),
    0,
  );
  return seconds > 0 ? seconds : null;
}
