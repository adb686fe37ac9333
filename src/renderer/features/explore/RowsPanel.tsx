import { useCallback } from 'react';
import type { BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import type { Measure } from '../../charts/measure.ts';
import type { Paint } from '../../charts/paint.ts';
import { CopyApiCall } from '../../figures/CopyApiCall.tsx';
import { useExplain } from '../../figures/explain/use-explain.ts';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { formatCount } from '../../format/digits.ts';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ColumnChooser } from './ColumnChooser.tsx';

import { chosenColumns, columnsText, shownColumns } from './columns.ts';
import { ExploreTable } from './ExploreTable.tsx';
import {
  drillInto,
  type ExplorePatch,
  type ExploreSearch,
  GROUP_NAMES,
  groupOf,
  narrowingOf,
  type SpreadChoice,
  sortBy,
  sortOf,
} from './level.ts';
import { RowSearch } from './RowSearch.tsx';
import { rowTarget } from './row-target.ts';
import { unitsFor } from './table-units.ts';
import { useBreakdown, useTrends } from './use-breakdown.ts';

interface Props {
  readonly search: ExploreSearch;
  readonly setSearch: (patch: ExplorePatch, options?: { replace?: boolean }) => void;
  readonly measure: Measure;
  readonly colours: ReadonlyMap<string, Paint>;
  /** Name of the totals row: what the page looks at. */
  readonly totalName: string;
}

/** The rows of a level: sorted, searched, with the columns of the address, and the total they add up to. */
export function RowsPanel({ search, setSearch, measure, colours, totalName }: Props) {
  const view = useView();
  const nowMs = useNow();
  const group = groupOf(search);
  const narrowing = narrowingOf(search);
  const sort = sortOf(search, measure.metric);
  const { show } = useExplain();
  const { query, items, first, input } = useBreakdown({
    group,
    narrowing,
    ...sort,
    search: search.search,
    spread: search.spread,
  });
  const chosen = chosenColumns(search.columns);
  const before = first?.total.previous ?? null;
  const compares = view.compare && before !== null && measure.value(before) > 0;
  const columns = shownColumns(chosen, measure.metric, group, compares);
  const trends = useTrends(group, narrowing, measure, columns.includes('trend'));
  const onSearch = useCallback(
    (value: string | undefined) => setSearch({ search: value }, { replace: true }),
    [setSearch],
  );
  const names = GROUP_NAMES[group];
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty: first?.items.length === 0 ? <Nothing search={search} period={first.period} /> : null,
  });
  const open = (item: BreakdownItem): (() => void) | null => {
    const patch = drillInto(item, group);
    if (patch !== null) return () => setSearch(patch);
    // Below a pod there are only the values that its figure was computed from.
    const target = rowTarget(item, group, narrowing);
    return target === null ? null : () => show({ ...target, metric: measure.metric });
  };
  const count =
    first === undefined || first.total_items === 0
      ? undefined
      : `${formatCount(first.total_items)}${first.total_is_lower_bound ? ' or more' : ''}`;
  return (
    <Panel
      title={names.many}
      note={
        count === undefined
          ? undefined
          : `${count}, ${search.search === undefined ? 'sums to the filter above' : 'found'}`
      }
      actions={
        <>
          <RowSearch label={`Find a ${names.one.toLowerCase()}`} value={search.search ?? ''} onChange={onSearch} />
          <CopyApiCall path="/breakdown" input={{ ...input, limit: 1000 }} />
          <ColumnChooser
            columns={chosen}
            onChange={(next) =>
              setSearch({ columns: next === null ? undefined : columnsText(next) }, { replace: true })
            }
          />
        </>
      }
      state={state}
      padded={false}
      className="flex-1"
      bodyClassName="overflow-x-auto"
      footer={
        <>
          <span className="truncate text-fg-3">{SPREAD_NOTES[search.spread ?? 'keep']}</span>
          <span className="min-w-0 flex-1" />
          {query.hasNextPage && (
            <Button
              kind="ghost"
              size="small"
              disabled={query.isFetchingNextPage}
              onClick={() => void query.fetchNextPage()}
            >
              {query.isFetchingNextPage ? 'Reading more' : `Show more, ${formatCount(items.length)} of ${count} shown`}
            </Button>
          )}
        </>
      }
    >
      {first !== undefined && (
        <ExploreTable
          items={items}
          total={first.total}
          totalName={search.search === undefined ? totalName : 'Found'}
          currency={first.currency}
          group={group}
          showsNamespace={search.namespace === undefined}
          columns={columns}
          colours={colours}
          sort={sort}
          onSort={(column) => setSearch(sortBy(search, measure.metric, column))}
          onOpen={open}
          targetOf={(item) => rowTarget(item, group, narrowing)}
          totalTarget={search.search === undefined ? narrowing : null}
          facts={{
            measure,
            units: unitsFor([...items, first.total], first.currency),
            total: measure.value(first.total),
            highest: items.reduce((most, item) => Math.max(most, measure.high(item)), 0),
            trends,
          }}
        />
      )}
    </Panel>
  );
}

const SPREAD_NOTES: Readonly<Record<SpreadChoice, string>> = {
  keep: 'Carbon includes the idle power that each workload reserves',
  reservation: 'Spare capacity and DaemonSets are shown with the others, by what they reserve',
  even: 'Spare capacity and DaemonSets are shown with the others, in equal parts',
};

function Nothing({
  search,
  period,
}: {
  readonly search: ExploreSearch;
  readonly period: { start: string; end: string };
}) {
  if (search.search === undefined) return <NoFigures period={period} />;
  return (
    <EmptyState title={`Nothing called '${search.search}' here`}>
      The search looks for a part of the name, in the level that is shown.
    </EmptyState>
  );
}
