import { useNow } from '../../app/use-now.ts';
import { usePeriodText } from '../../app/view/use-period-text.ts';
import { useView } from '../../app/view/use-view.ts';
import { GRANULARITY_WORDS } from '../../charts/granularity.ts';
import { groupKind } from '../../charts/groups.ts';
import { coloursOf } from '../../charts/stack.ts';
import { noticeWords } from '../../figures/coverage.ts';
import { filterOfKey } from '../../figures/group-filter.ts';
import { MetricPicker } from '../../figures/MetricPicker.tsx';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf, type QueryLike } from '../../figures/panel-state.tsx';
import { StackPanel } from '../../figures/StackPanel.tsx';
import { StaleNotice } from '../../figures/StaleNotice.tsx';
import { ageOfStale } from '../../figures/stale.ts';
import { useGo } from '../../figures/use-go.ts';
import { useStack, useSummary } from '../../figures/use-queries.ts';
import { isStoreAway } from '../../rpc/failure.ts';
import { Chip } from '../../ui/Chip.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ExportButton } from '../export/ExportButton.tsx';
import { CutPanel } from './CutPanel.tsx';
import { Figures } from './Figures.tsx';
import { NodesPanel } from './NodesPanel.tsx';
import { SurePanel } from './SurePanel.tsx';
import { ScorePanel } from './score/ScorePanel.tsx';
import { TopWorkloads } from './TopWorkloads.tsx';

/** How much, where, since when, how sure: the first page. */
export function OverviewPage() {
  const view = useView();
  const go = useGo();
  const nowMs = useNow();
  const summary = useSummary();
  const stack = useStack('namespace', view.metric);
  const period = usePeriodText(summary.data?.period);
  const state = panelStateOf([stack.series], {
    nowMs,
    tz: view.tz,
    empty: stack.data !== undefined && stack.data.total <= 0 ? <NoFigures period={stack.series.data?.period} /> : null,
    missing: summary.data === undefined ? null : noticeWords(summary.data),
  });
  return (
    <Page>
      <PageHeader
        title="Overview"
        note={<Period words={period} query={summary} />}
        actions={<ExportButton group="namespace" />}
      />
      {!isStoreAway(summary.error) && <StaleNotice state={panelStateOf([summary], { nowMs, tz: view.tz })} />}
      <Figures summary={summary.data} error={summary.error} onRetry={() => void summary.refetch()} />
      <div className="grid flex-1 grid-cols-1 items-stretch gap-3 mid:grid-cols-[minmax(0,1fr)_360px] wide:grid-cols-[minmax(0,1fr)_440px]">
        <div className="flex min-w-0 flex-col gap-3">
          <StackPanel
            title={`${stack.measure.name} by namespace`}
            data={stack.data}
            noteEnd={`per ${GRANULARITY_WORDS[stack.granularity]}`}
            currency={stack.currency}
            ghostLabel={stack.ghostLabel}
            state={state}
            className="min-h-[346px] [@media(min-height:1000px)]:min-h-[438px]"
            heightClass="h-[266px] [@media(min-height:1000px)]:h-[358px]"
            actions={<MetricPicker />}
            targetOf={(key) => ({ metric: view.metric, ...namespaceOf(key) })}
            onDrill={(key) => go('/explore', { namespace: filterOfKey(key, 'namespace').value })}
          />
          <TopWorkloads colours={coloursOf(stack.data)} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <NodesPanel summary={summary.data} />
          <CutPanel />
          <ScorePanel />
          <SurePanel query={summary} />
        </div>
      </div>
    </Page>
  );
}

/** A layer of the chart as a filter; Other is no filter, so its columns are explained whole. */
function namespaceOf(key: string | null): { namespace?: string } {
  return key === null || groupKind(key) === 'other' ? {} : { namespace: filterOfKey(key, 'namespace').value };
}

/** The period; and how old the headline figures are, where they could not be renewed. */
function Period({ words, query }: { words: string; query: QueryLike }) {
  const { tz } = useView();
  const now = useNow();
  const age = ageOfStale(query, now, tz);
  return (
    <>
      {words}
      {age !== null && (
        <span className="pl-2">
          <Chip>Figures of {age}</Chip>
        </span>
      )}
    </>
  );
}
