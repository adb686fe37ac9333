import { useMemo } from 'react';
import { useShortcuts } from '../../app/shortcuts.ts';
import { useNow } from '../../app/use-now.ts';
import { usePeriodText } from '../../app/view/use-period-text.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { GRANULARITY_WORDS } from '../../charts/granularity.ts';
import { groupKind } from '../../charts/groups.ts';
import { coloursOf } from '../../charts/stack.ts';
import { noticeWords } from '../../figures/coverage.ts';
import type { TargetOf } from '../../figures/explain/target.ts';
import { filterOfKey } from '../../figures/group-filter.ts';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { StackPanel } from '../../figures/StackPanel.tsx';
import { useStack, useSummary } from '../../figures/use-queries.ts';
import { Breadcrumb, type Crumb } from '../../ui/Breadcrumb.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ExportButton } from '../export/ExportButton.tsx';
import { FilterBar } from './FilterBar.tsx';
import { LevelHead } from './LevelHead.tsx';
import { drillInto, ExploreSearch, GROUP_NAMES, groupOf, levelUp, narrowingOf } from './level.ts';
import { RowsPanel } from './RowsPanel.tsx';
import { namespaceName, workloadName } from './row-name.ts';

const ALL = 'All namespaces';

/** From namespaces down to pods: where carbon, energy and cost come from, and since when. */
export function ExplorePage() {
  const view = useView();
  const nowMs = useNow();
  const [search, setSearch] = useSearchState(ExploreSearch);
  const group = groupOf(search);
  const narrowing = narrowingOf(search);
  const narrowed = Object.keys(narrowing).length > 0;
  const summary = useSummary(narrowing);
  const whole = useSummary();
  const stack = useStack(group, view.metric, narrowing);
  const period = usePeriodText(summary.data?.period);
  const path = crumbsOf(search, setSearch);
  const current = titleOf(search);
  const up = levelUp(search);
  useShortcuts(useMemo(() => ({ 'alt+arrowup': () => (up === null ? undefined : setSearch(up)) }), [up, setSearch]));
  const state = panelStateOf([stack.series], {
    nowMs,
    tz: view.tz,
    empty: stack.data !== undefined && stack.data.total <= 0 ? <NoFigures period={stack.series.data?.period} /> : null,
    missing: whole.data === undefined ? null : noticeWords(whole.data),
  });
  const drill = (key: string): void => {
    if (groupKind(key) !== 'named' && group !== 'namespace') return;
    const { value, namespace } = filterOfKey(key, group);
    const patch = drillInto(
      {
        key: value,
        namespace: group === 'namespace' ? value : (namespace ?? search.namespace ?? null),
        node: group === 'node' ? value : null,
        row_kind: 'pod',
      },
      group,
    );
    if (patch !== null) setSearch(patch);
  };
  const targetOf = (key: string | null): TargetOf => {
    const whole = { metric: view.metric, ...narrowing };
    if (key === null || groupKind(key) !== 'named' || group === 'node' || group === 'team') return whole;
    const { value, namespace } = filterOfKey(key, group);
    return { ...whole, ...(namespace === null ? {} : { namespace }), [group]: value };
  };
  return (
    <Page>
      <PageHeader
        title={<Breadcrumb path={path} current={current} />}
        note={period}
        actions={
          <ExportButton filter={narrowing} group={group === 'pod' || group === 'namespace' ? group : 'workload'} />
        }
      />
      <FilterBar search={search} onChange={setSearch} />
      <StackPanel
        title={`${stack.measure.name} by ${GROUP_NAMES[group].one.toLowerCase()}`}
        data={stack.data}
        noteEnd={`per ${GRANULARITY_WORDS[stack.granularity]}`}
        currency={stack.currency}
        ghostLabel={stack.ghostLabel}
        state={state}
        className="min-h-[338px] [@media(min-height:1000px)]:min-h-[422px]"
        heightClass="h-[216px] [@media(min-height:1000px)]:h-[300px]"
        head={
          <LevelHead
            summary={summary.data}
            whole={narrowed ? whole.data : undefined}
            measure={stack.measure}
            narrowing={narrowing}
          />
        }
        targetOf={targetOf}
        onDrill={drill}
      />
      <RowsPanel
        search={search}
        setSearch={setSearch}
        measure={stack.measure}
        colours={coloursOf(stack.data)}
        totalName={narrowed ? current : 'All'}
      />
    </Page>
  );
}

function titleOf(search: ExploreSearch): string {
  if (search.workload !== undefined) return workloadName(search.workload);
  if (search.namespace !== undefined) return namespaceName(search.namespace);
  return ALL;
}

function crumbsOf(
  search: ExploreSearch,
  setSearch: (patch: Partial<Record<keyof ExploreSearch, undefined>>) => void,
): Crumb[] {
  const crumbs: Crumb[] = [];
  const fresh = { group: undefined, search: undefined };
  if (search.namespace !== undefined || search.workload !== undefined) {
    crumbs.push({ label: ALL, onSelect: () => setSearch({ ...fresh, namespace: undefined, workload: undefined }) });
  }
  if (search.workload !== undefined && search.namespace !== undefined) {
    crumbs.push({
      label: namespaceName(search.namespace),
      onSelect: () => setSearch({ ...fresh, workload: undefined }),
    });
  }
  return crumbs;
}
