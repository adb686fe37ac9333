import { useNow } from '../../app/use-now.ts';
import { boundsOf } from '../../app/view/range.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { useView } from '../../app/view/use-view.ts';
import { formatPeriod } from '../../format/time.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { ReportPanel } from './ReportPanel.tsx';
import { ReportSearch } from './report-search.ts';
import { SavingsPanel } from './SavingsPanel.tsx';

/** Figures as rows to take along, and what was saved against what was promised. */
export function ReportsPage() {
  const [search, setSearch] = useSearchState(ReportSearch);
  const { range, tz } = useView();
  const { start, end } = boundsOf(range, useNow());
  return (
    <Page>
      <PageHeader title="Reports" note={formatPeriod(start, end, tz)} />
      <ReportPanel search={search} onSearch={setSearch} />
      <SavingsPanel
        metric={search.savings ?? 'carbon'}
        onMetric={(metric) => setSearch({ savings: metric === 'carbon' ? undefined : metric })}
      />
    </Page>
  );
}
