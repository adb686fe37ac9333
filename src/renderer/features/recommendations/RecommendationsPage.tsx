import { useCallback, useMemo, useState } from 'react';
import { MIXED_CURRENCY } from '../../../contract/schemas/primitives.ts';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { useShortcuts } from '../../app/shortcuts.ts';
import { useNow } from '../../app/use-now.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { Page } from '../../ui/Page.tsx';
import { AnalysisHead } from './AnalysisHead.tsx';
import { AnalysisNotices } from './AnalysisNotices.tsx';
import { ApplyDialog } from './ApplyDialog.tsx';
import { DismissDialog } from './DismissDialog.tsx';
import { DetailPanel } from './detail/DetailPanel.tsx';
import { EmptyList } from './EmptyList.tsx';
import { FilterRow } from './FilterRow.tsx';
import { ListPanel } from './ListPanel.tsx';
import { filtered, neighbourOf, sectionsOf, sorted, tabOf, usualOrder } from './list.ts';
import { isFiltered, NO_FILTERS, PageSearch, type Tab } from './search.ts';
import { TabRow } from './TabRow.tsx';
import { useDecisions } from './use-decisions.ts';
import { useAnalyse, useJointSavings, useLists } from './use-lists.ts';
import { VerifiedPanel } from './VerifiedPanel.tsx';

type Asking = { readonly kind: 'apply' | 'dismiss'; readonly items: readonly RecommendationItem[] };
const NONE: readonly RecommendationItem[] = [];

/** What to change, how much it would save, and what it saved. */
export function RecommendationsPage() {
  const view = useView();
  const nowMs = useNow();
  const [search, setSearch] = useSearchState(PageSearch);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState<Asking | null>(null);
  const { open, ignored, applied } = useLists();
  const analyse = useAnalyse();
  const tab = search.tab ?? 'open';
  const query = tab === 'open' ? open : tab === 'applied' || tab === 'verified' ? applied : ignored;

  const all = useMemo(
    () => [open, ignored, applied].flatMap((each) => each.data?.recommendations ?? NONE),
    [open, ignored, applied],
  );
  const inTab = useMemo(() => Map.groupBy(filtered(all, search), tabOf), [all, search]);
  const countOf = (each: Tab, { data }: { readonly data: unknown }): number | null =>
    data === undefined ? null : (inTab.get(each)?.length ?? 0);
  const counts: Readonly<Record<Tab, number | null>> = {
    open: countOf('open', open),
    applied: countOf('applied', applied),
    verified: countOf('verified', applied),
    snoozed: countOf('snoozed', ignored),
    dismissed: countOf('dismissed', ignored),
  };
  const key = search.sort ?? 'carbon';
  const order = search.order ?? usualOrder(key);
  const sections = useMemo(
    () => sectionsOf(sorted(inTab.get(tab) ?? NONE, key, order, tab), search.group),
    [inTab, tab, key, order, search.group],
  );
  const shown = useMemo(() => sections.flatMap((section) => section.items), [sections]);
  const chosenId = search.id ?? shown[0]?.id;
  const chosen = all.find((item) => item.id === chosenId);

  const narrowed = search.namespace !== undefined || search.type !== undefined;
  const joint = useJointSavings(search, narrowed && open.data !== undefined);
  const decisions = useDecisions((decided) => {
    setAsking(null);
    setSelected(new Set());
    const gone = new Set(decided.map(({ id }) => id));
    const left = shown.filter((item) => !gone.has(item.id));
    if (chosenId === undefined || !gone.has(chosenId)) return;
    const index = shown.findIndex((item) => item.id === chosenId);
    setSearch({ id: left[Math.min(index, left.length - 1)]?.id }, { replace: true });
  });
  const { forget, clearError, snooze } = decisions;
  const ask = useCallback(
    (next: Asking) => {
      clearError();
      setAsking(next);
    },
    [clearError],
  );

  const choose = useCallback((id: string) => setSearch({ id, detail: undefined }, { replace: true }), [setSearch]);
  const move = useCallback(
    (step: 1 | -1) => {
      const next = neighbourOf(shown, chosenId, step);
      if (next !== null) choose(next);
    },
    [shown, chosenId, choose],
  );
  useShortcuts(
    useMemo(() => {
      const one = chosen?.status === 'active' ? chosen : undefined;
      return {
        j: () => move(1),
        k: () => move(-1),
        ...(one === undefined
          ? {}
          : {
              a: () => ask({ kind: 'apply', items: [one] }),
              d: () => ask({ kind: 'dismiss', items: [one] }),
              s: () => snooze([one], 30),
            }),
      };
    }, [move, chosen, snooze, ask]),
  );

  const goTo = (next: Tab): void => {
    forget();
    setSelected(new Set());
    setSearch({ tab: next === 'open' ? undefined : next, id: undefined, sort: undefined, order: undefined });
  };
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty:
      query.data !== undefined && shown.length === 0 ? (
        <EmptyList
          tab={tab}
          isAnalysed={open.data === undefined || open.data.analysed_at !== null}
          isFiltered={isFiltered(search)}
          all={all.filter((item) => tabOf(item) === tab).length}
          onClear={() => setSearch(NO_FILTERS)}
          analyse={analyse}
        />
      ) : null,
  });
  const per = search.per ?? 'year';
  const isSearched = search.severity !== undefined || search.q !== undefined;
  // Where no list says it, each cluster's own is taken.
  const currency = (query.data ?? open.data ?? applied.data ?? ignored.data)?.currency ?? MIXED_CURRENCY;
  const isDetailShown = search.detail !== '0' && chosenId !== undefined;
  return (
    <Page fills>
      <AnalysisHead list={open.data} analyse={analyse} />
      <TabRow
        tab={tab}
        counts={counts}
        onTab={goTo}
        search={search}
        applied={applied.data?.recommendations ?? NONE}
        currency={applied.data?.currency ?? MIXED_CURRENCY}
        decisions={decisions}
      />
      <FilterRow search={search} onSearch={setSearch} all={all} />
      <AnalysisNotices list={open.data} failure={analyse.error} />
      <div
        className={`grid min-h-0 flex-1 grid-cols-1 gap-3 ${isDetailShown ? 'mid:grid-cols-[minmax(0,1fr)_440px] min-[1360px]:grid-cols-[minmax(0,1fr)_472px] wide:grid-cols-[minmax(0,1fr)_600px]' : ''} mid:grid-rows-[minmax(0,1fr)]`}
      >
        <div className="flex min-h-0 min-w-0 flex-col gap-3">
          <ListPanel
            tab={tab}
            sections={sections}
            state={state}
            list={query.data}
            savings={isSearched ? null : narrowed ? (joint.data?.savings ?? null) : (open.data?.savings ?? null)}
            noTotal={
              isSearched
                ? 'A total is known for a namespace or type only, not for a search.'
                : narrowed && joint.isLoadingError
                  ? 'The total of these could not be read.'
                  : null
            }
            per={per}
            sort={{ key, order }}
            onSort={(next) =>
              setSearch({
                sort: next,
                order: next === key && order === usualOrder(next) ? (order === 'asc' ? 'desc' : 'asc') : undefined,
              })
            }
            chosenId={isDetailShown ? chosenId : undefined}
            onChoose={choose}
            selected={selected}
            onSelect={setSelected}
            decisions={decisions}
            onDismiss={(items) => ask({ kind: 'dismiss', items })}
          />
          {tab !== 'verified' && (
            <VerifiedPanel query={applied} per={per} onAll={() => goTo('verified')} onChoose={choose} />
          )}
        </div>
        {isDetailShown && (
          <DetailPanel
            key={chosenId}
            id={chosenId}
            isAsked={search.id !== undefined}
            item={chosen}
            per={per}
            currency={currency}
            onMove={move}
            onClose={() => setSearch({ detail: '0' }, { replace: true })}
            onChoose={choose}
            onApply={(item) => ask({ kind: 'apply', items: [item] })}
            onDismiss={(item) => ask({ kind: 'dismiss', items: [item] })}
            decisions={decisions}
          />
        )}
      </div>
      {asking?.kind === 'apply' && asking.items[0] !== undefined && (
        <ApplyDialog item={asking.items[0]} decisions={decisions} onClose={() => setAsking(null)} />
      )}
      {asking?.kind === 'dismiss' && (
        <DismissDialog items={asking.items} decisions={decisions} onClose={() => setAsking(null)} />
      )}
    </Page>
  );
}
