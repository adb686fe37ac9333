import { useQuery } from '@tanstack/react-query';
import { useNow } from '../../app/use-now.ts';
import { usePeriodText } from '../../app/view/use-period-text.ts';
import { useView } from '../../app/view/use-view.ts';
import { NoFigures } from '../../figures/NoFigures.tsx';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { useSummary } from '../../figures/use-queries.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AuditPanel } from './AuditPanel.tsx';
import { CoveragePanel } from './CoveragePanel.tsx';
import { HeadPanel } from './HeadPanel.tsx';
import { ImprovePanel } from './ImprovePanel.tsx';
import { LaddersPanel } from './LaddersPanel.tsx';
import { RungNodesPanel } from './RungNodesPanel.tsx';
import { ScopesPanel } from './ScopesPanel.tsx';

/** How sure the figures are: what was measured, what not, what would help, and what was corrected since. */
export function QualityPage() {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const report = useQuery(api.explain.quality.queryOptions({ input: view.query }));
  const summary = useSummary();
  const period = usePeriodText(report.data?.period);
  const isEmpty = report.data !== undefined && report.data.figures.energy_joules <= 0;
  const state = panelStateOf([report], {
    nowMs,
    tz: view.tz,
    empty: isEmpty ? <NoFigures period={report.data?.period} /> : null,
  });
  return (
    <Page>
      <PageHeader title="How sure" note={period} />
      <HeadPanel report={report.data} state={state} currency={summary.data?.currency ?? 'EUR'} />
      {!isEmpty && (
        <>
          <div className="grid grid-cols-1 items-stretch gap-3 mid:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
            <LaddersPanel report={report.data} state={state} />
            <div className="flex min-w-0 flex-col gap-3">
              <ImprovePanel report={report.data} state={state} />
              <CoveragePanel summary={summary} />
            </div>
          </div>
          <RungNodesPanel report={report.data} state={state} />
          <ScopesPanel />
        </>
      )}
      <AuditPanel />
    </Page>
  );
}
