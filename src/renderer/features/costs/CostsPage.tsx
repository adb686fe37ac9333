import * as z from 'zod';
import { useNow } from '../../app/use-now.ts';
import { useSearchState } from '../../app/view/use-search-state.ts';
import { monthAt } from '../../format/month.ts';
import { Page } from '../../ui/Page.tsx';
import { PageHeader } from '../../ui/PageHeader.tsx';
import { AlertsPanel } from './AlertsPanel.tsx';
import { BudgetsPanel } from './BudgetsPanel.tsx';
import { CostLinesPanel } from './CostLinesPanel.tsx';
import { MonthPicker } from './MonthPicker.tsx';

const Search = z.object({
  month: z
    .string()
    .regex(/^\d{4}-(?:0[1-9]|1[0-2])$/)
    .optional()
    .catch(undefined),
  by: z.enum(['team', 'cost-center', 'namespace']).optional().catch(undefined),
});

/** What a month costs and emits by who owns it, and the budgets for it. */
export function CostsPage() {
  const [search, setSearch] = useSearchState(Search);
  const newest = monthAt(useNow());
  const month = search.month ?? newest;
  return (
    <Page>
      <PageHeader
        title="Costs & budgets"
        note="Calendar month, UTC"
        actions={
          <MonthPicker
            month={month}
            newest={newest}
            onChange={(next) => setSearch({ month: next === newest ? undefined : next })}
          />
        }
      />
      <BudgetsPanel month={month} />
      <CostLinesPanel
        month={month}
        by={search.by ?? 'team'}
        onBy={(by) => setSearch({ by: by === 'team' ? undefined : by })}
      />
      <AlertsPanel />
    </Page>
  );
}
