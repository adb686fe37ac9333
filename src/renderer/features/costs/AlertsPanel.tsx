import { useMutation, useQuery } from '@tanstack/react-query';
import { BellOff } from 'lucide-react';
import type { BudgetAlertItem } from '../../../contract/schemas/budgets.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { formatCount } from '../../format/digits.ts';
import { monthName } from '../../format/month.ts';
import { exactMoment, formatMoment } from '../../format/time.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { cx } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { StatusDot } from '../../ui/StatusDot.tsx';
import { alertWords } from './budget-words.ts';
import { useRefreshBudgets } from './use-refresh-budgets.ts';

const MOST = 50;

/** What scrolls takes the focus, so that the arrow keys reach all of it. */
const SCROLLS = { tabIndex: 0 } as const;

/** Alerts of all budgets, newest first. */
export function AlertsPanel() {
  const api = useApi();
  const view = useView();
  const nowMs = useNow();
  const refresh = useRefreshBudgets();
  const query = useQuery(api.budgets.alerts.queryOptions({ input: { limit: MOST } }));
  const seen = useMutation(api.budgets.seen.mutationOptions({ onSuccess: refresh }));
  const alerts = query.data?.alerts ?? [];
  const unseen = query.data?.unseen ?? 0;
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    missing: seen.error === null ? null : 'The alert could not be marked as seen. Try again.',
    empty:
      alerts.length === 0 ? (
        <EmptyState icon={<BellOff strokeWidth={1.75} />} title="No alerts">
          Each is raised once a budget and month: at 50, 80 and 100 %, and when a limit is expected to be passed.
        </EmptyState>
      ) : null,
  });
  return (
    <Panel
      title="Alerts"
      note={unseen > 0 ? `${formatCount(unseen)} not seen yet` : undefined}
      state={state}
      padded={false}
    >
      <ul {...SCROLLS} aria-label="Alerts" className="max-h-90 overflow-auto border-t border-line">
        {alerts.map((alert) => (
          <Line key={alert.id} alert={alert} tz={view.tz} onSeen={() => seen.mutate({ id: alert.id })} />
        ))}
      </ul>
    </Panel>
  );
}

function Line({ alert, tz, onSeen }: { alert: BudgetAlertItem; tz: string; onSeen: () => void }) {
  const isNew = alert.seen_at === null;
  return (
    <li className="flex min-h-10 items-center gap-2 border-t border-line px-4 py-1.5 text-small first:border-t-0">
      <StatusDot status={isNew ? (alert.kind === '100' ? 'broken' : 'attention') : 'off'} />
      <span className={cx('min-w-0 flex-1', !isNew && 'text-fg-2')}>
        <span className="font-medium">{alert.budget_name}</span> {alertWords(alert)}, {monthName(alert.month)}
      </span>
      <span className="shrink-0 text-fg-3" title={exactMoment(alert.at, tz)}>
        {formatMoment(alert.at, tz)}
      </span>
      {isNew && (
        <Button kind="ghost" size="small" onClick={onSeen} aria-label={`Mark as seen: ${alert.budget_name}`}>
          Seen
        </Button>
      )}
    </li>
  );
}
