import { useQuery } from '@tanstack/react-query';
import { Tags } from 'lucide-react';
import type { CostLines } from '../../../contract/schemas/budgets.ts';
import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { formatPercent } from '../../format/change.ts';
import { monthName } from '../../format/month.ts';
import { joinParts } from '../../format/parts.ts';
import { formatMoney } from '../../format/quantity.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { Segmented } from '../../ui/Segmented.tsx';
import { CostTable } from './CostTable.tsx';
import type { Grouping } from './line-words.ts';

const GROUPINGS = [
  { value: 'team', label: 'Team' },
  { value: 'cost-center', label: 'Cost center' },
  { value: 'namespace', label: 'Namespace' },
] as const;

/** Below this share of the month's time, or of its costs, so far, the sums are said to be incomplete. */
const WHOLE = 0.995;

/** What the sums are not: whole in time, or not added up yet. */
function missingOf({ coverage, pending_cost: pending, total_cost: total, currency }: CostLines): string | null {
  const words: string[] = [];
  if (pending > (1 - WHOLE) * (total + pending)) {
    const amount = currency === MIXED_CURRENCY ? 'A part' : joinParts(formatMoney(pending, currency));
    words.push(`${amount} of the month’s costs is still being added up; it is here in a minute.`);
  }
  if (coverage < WHOLE) {
    words.push(`${formatPercent(coverage)} of the month so far was collected; the rest is left out of the sums.`);
  }
  return words.length === 0 ? null : words.join(' ');
}

/** Costs and carbon of the month by team, cost center or namespace; the lines of nobody come last. */
export function CostLinesPanel(props: { month: string; by: Grouping; onBy: (by: Grouping) => void }) {
  const { month, by } = props;
  const api = useApi();
  const view = useView();
  const nowMs = useNow();
  const clusters = useClusters().data?.clusters ?? [];
  const input = { month, ...(view.cluster === null ? {} : { cluster: view.cluster }) };
  const isTeams = by !== 'namespace';
  const teams = useQuery(
    api.teams.list.queryOptions({ input: { ...input, by: isTeams ? by : 'team' }, enabled: isTeams }),
  );
  const namespaces = useQuery(api.costs.namespaces.queryOptions({ input, enabled: !isTeams }));
  const query = isTeams ? teams : namespaces;
  const { data } = query;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    missing: data === undefined ? null : missingOf(data),
    empty:
      data?.lines.length === 0 ? (
        <EmptyState icon={<Tags strokeWidth={1.75} />} title={`No costs in ${monthName(month)}`}>
          Nothing was collected in this month.
        </EmptyState>
      ) : null,
  });
  return (
    <Panel
      title="Costs"
      note={
        data?.currency === MIXED_CURRENCY ? 'Clusters count in different currencies; nothing is converted' : undefined
      }
      actions={<Segmented label="By" value={by} options={GROUPINGS} onChange={props.onBy} />}
      state={state}
      padded={false}
      bodyClassName="overflow-x-auto"
    >
      {data !== undefined && (
        <CostTable
          data={data}
          by={by}
          clusterName={(id) => clusters.find((cluster) => cluster.id === id)?.name ?? id}
          showsCluster={view.cluster === null && clusters.length > 1}
        />
      )}
    </Panel>
  );
}
