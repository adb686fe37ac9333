import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import * as z from 'zod';
import { useNow } from '../../app/use-now.ts';
import { usePeriodText } from '../../app/view/use-period-text.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { StaleNotice } from '../../figures/StaleNotice.tsx';
import { useSummary } from '../../figures/use-queries.ts';
import { formatAge, formatDuration } from '../../format/time.ts';
import { failureOf, isStoreAway } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Breadcrumb } from '../../ui/Breadcrumb.tsx';
import { Button } from '../../ui/Button.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { Panel, type PanelState } from '../../ui/Panel.tsx';
import { ExportButton } from '../export/ExportButton.tsx';
import { NodeDetailView } from './NodeDetailView.tsx';
import { NodeList } from './NodeList.tsx';
import { chosenLine, type NodeLine, nodeLines } from './node-list.ts';

const NodesSearch = z.object({
  node: z.string().min(1).max(253).optional().catch(undefined),
  nodeCluster: z.string().min(1).max(253).optional().catch(undefined),
  by: z.enum(['type', 'zone']).optional().catch(undefined),
});

/** Machines: a list with what their power goes to, and one of them in detail. */
export function NodesPage() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [search, setSearch] = useSearchState(NodesSearch);
  const period = usePeriodText();
  const summary = useSummary();
  const breakdown = useQuery(
    api.metrics.breakdown.queryOptions({ input: { ...view.query, by: 'node', sort: 'energy', limit: 500 } }),
  );
  const nodes = useQuery(api.nodes.list.queryOptions({ input: view.query }));
  const lines = useMemo(
    () => nodeLines(breakdown.data?.items ?? [], nodes.data?.nodes ?? []),
    [breakdown.data, nodes.data],
  );
  const chosen = chosenLine(lines, search.node, search.nodeCluster);
  const coveredSeconds = summary.data?.covered_seconds ?? 0;
  const state = panelStateOf([breakdown, summary], {
    nowMs,
    tz: view.tz,
    empty: lines.length === 0 ? <NoFigures period={breakdown.data?.period} /> : null,
  });
  const inventory: PanelState =
    nodes.error === null
      ? { kind: 'ready' }
      : {
          kind: 'partial',
          message: `${failureOf(nodes.error).message}. ${nodes.data === undefined ? 'Types and places of nodes are not known.' : `Types and places of nodes are those of ${formatAge(nodes.dataUpdatedAt, nowMs, view.tz)}.`}`,
          action: (
            <Button kind="ghost" size="small" className="-my-1" onClick={() => void nodes.refetch()}>
              Try again
            </Button>
          ),
        };
  const choose = (line: NodeLine): void =>
    setSearch({ node: line.name, nodeCluster: view.cluster === null ? line.clusterId : undefined });
  const title =
    chosen === null ? (
      'Nodes'
    ) : (
      <Breadcrumb
        path={[{ label: 'Nodes', onSelect: () => setSearch({ node: undefined, nodeCluster: undefined }) }]}
        current={chosen.name}
      />
    );
  return (
    <Page>
      <PageHeader
        title={title}
        note={chosen === null ? period : nodes.data === undefined ? undefined : factsOf(chosen, nowMs)}
        actions={<ExportButton filter={chosen === null ? {} : { node: chosen.name }} group="pod" />}
      />
      <StaleNotice
        state={state.kind === 'partial' ? state : isStoreAway(nodes.error) ? { kind: 'ready' } : inventory}
      />
      {state.kind === 'ready' || state.kind === 'partial' ? (
        <div className="grid flex-1 grid-cols-1 gap-3 mid:grid-cols-[372px_minmax(0,1fr)]">
          <NodeList
            lines={lines}
            chosen={chosen}
            coveredSeconds={coveredSeconds}
            grouping={search.by ?? 'type'}
            onGrouping={(by) => setSearch({ by: by === 'type' ? undefined : by })}
            onChoose={choose}
          />
          <Chosen
            line={chosen}
            name={search.node}
            currency={breakdown.data?.currency ?? 'EUR'}
            coveredSeconds={coveredSeconds}
          />
        </div>
      ) : (
        <Waiting state={state} />
      )}
    </Page>
  );
}

function Waiting({ state }: { readonly state: PanelState }) {
  return <Panel title="Nodes" state={state} className="flex-1" />;
}

function Chosen({
  line,
  name,
  currency,
  coveredSeconds,
}: {
  readonly line: NodeLine | null;
  readonly name: string | undefined;
  readonly currency: string;
  readonly coveredSeconds: number;
}) {
  if (line === null) {
    return (
      <Panel title={name ?? 'Node'}>
        <p className="py-8 text-center text-fg-2">
          This node used no energy in this range. It may have been removed; choose another, or a longer range.
        </p>
      </Panel>
    );
  }
  return (
    <NodeDetailView
      key={`${line.clusterId} ${line.name}`}
      line={line}
      currency={currency}
      coveredSeconds={coveredSeconds}
    />
  );
}

/** `m6i.2xlarge, eu-west-1a, amd64, like this for 41 d` */
function factsOf({ facts }: NodeLine, nowMs: number): string {
  if (facts === null) return 'no longer in the inventory';
  const since = formatDuration((nowMs - Date.parse(facts.since)) / 1000);
  return [facts.instance_type, facts.zone ?? facts.region, facts.architecture, `known for ${since}`]
    .filter((word) => word !== null)
    .join(', ');
}
