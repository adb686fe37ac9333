import { useQuery } from '@tanstack/react-query';
import type { Summary } from '../../../contract/schemas/metrics.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { PowerBar, sharesText } from '../../charts/PowerBar.tsx';
import { meanWatts, POWER_PARTS, partShares, partsTotal } from '../../charts/power.ts';
import { SeriesSwatch } from '../../charts/Swatch.tsx';
import { GoButton } from '../../figures/GoButton.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { useGo } from '../../figures/use-go.ts';
import { formatPercent } from '../../format/change.ts';
import { formatCount } from '../../format/digits.ts';
import { joinParts } from '../../format/parts.ts';
import { formatPower } from '../../format/quantity.ts';
import { useApi } from '../../rpc/provider.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { type NodeBars, shapeNodeBars } from './node-bars.ts';

const MOST_BARS = 32;

/** Where the power goes, node by node: dynamic, idle, system, unallocated. */
export function NodesPanel({ summary }: { readonly summary: Summary | undefined }) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const breakdown = useQuery(
    api.metrics.breakdown.queryOptions({ input: { ...view.query, by: 'node', sort: 'energy', limit: 500 } }),
  );
  const nodes = useQuery(api.nodes.list.queryOptions({ input: view.query }));
  const bars =
    breakdown.data === undefined ? null : shapeNodeBars(breakdown.data.items, nodes.data?.nodes ?? [], MOST_BARS);
  const watts =
    bars === null || summary === undefined ? null : meanWatts(partsTotal(bars.parts), summary.covered_seconds);
  const state = panelStateOf([breakdown], {
    nowMs,
    tz: view.tz,
    empty: bars?.all === 0 ? <EmptyState title="No node used energy in this range" /> : null,
  });
  return (
    <Panel
      title="Nodes"
      note={
        bars === null || bars.all === 0
          ? undefined
          : `${formatCount(bars.all)}${watts === null ? '' : `, avg ${joinParts(formatPower(watts))}`}`
      }
      actions={<GoButton to="/nodes">All nodes</GoButton>}
      state={state}
      className="flex-1"
    >
      {bars !== null && <Bars bars={bars} />}
    </Panel>
  );
}

function Bars({ bars }: { readonly bars: NodeBars }) {
  const go = useGo();
  const shares = partShares(bars.parts);
  const columns = bars.groups.map((group) => `${group.bars.length}fr`).join(' ');
  return (
    <>
      <div className="grid flex-1 gap-x-1" style={{ gridTemplateColumns: columns }}>
        {bars.groups.map((group) => (
          <div key={group.type} className="flex min-w-0 flex-col">
            <div className="flex min-h-18 flex-1 gap-1 [@media(min-height:1000px)]:min-h-27">
              {group.bars.map((bar) => (
                <button
                  key={`${bar.clusterId} ${bar.name}`}
                  type="button"
                  aria-label={`${bar.name}: ${sharesText(bar.parts)}`}
                  title={`${bar.name}: ${sharesText(bar.parts)}`}
                  className="relative min-w-0 flex-1 rounded-[2px] hover:opacity-80"
                  onClick={() =>
                    go('/nodes', { node: bar.name, ...(bar.clusterId === null ? {} : { nodeCluster: bar.clusterId }) })
                  }
                >
                  <span className="absolute inset-0">
                    <PowerBar parts={bar.parts} direction="column" />
                  </span>
                </button>
              ))}
            </div>
            <div className="mt-1 truncate border-t border-line-strong pt-0.5 text-micro text-fg-3" title={group.type}>
              {group.type}
            </div>
          </div>
        ))}
      </div>
      {bars.shown < bars.all && (
        <p className="pt-1 text-micro text-fg-3">
          The {bars.shown} with most energy; {formatCount(bars.all - bars.shown)} more are in All nodes.
        </p>
      )}
      <ul className="mt-3 grid grid-cols-[repeat(4,auto)] justify-between text-small">
        {POWER_PARTS.map((part, index) => (
          <li key={part.key}>
            <span className="flex items-center gap-1.5 text-fg-2">
              <SeriesSwatch paint={part.paint} />
              {part.label}
            </span>
            <span className="block pl-4 font-medium tabular-nums">{formatPercent(shares?.[index])}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
