import { useQuery } from '@tanstack/react-query';
import { Plus, Wallet } from 'lucide-react';
import { useState } from 'react';
import type { BudgetItem } from '../../../contract/schemas/budgets.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useNow } from '../../app/use-now.ts';
import { useView } from '../../app/view/use-view.ts';
import { panelStateOf } from '../../figures/panel-state.tsx';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { BudgetDialog } from './BudgetDialog.tsx';
import { BudgetRow } from './BudgetRow.tsx';
import { DeleteBudgetDialog } from './DeleteBudgetDialog.tsx';

type Open = { readonly kind: 'new' } | { readonly kind: 'edit' | 'delete'; readonly budget: BudgetItem };

/** Budgets of a month with where they stand, and the dialogs that change them. */
export function BudgetsPanel({ month }: { month: string }) {
  const view = useView();
  const api = useApi();
  const nowMs = useNow();
  const [open, setOpen] = useState<Open | null>(null);
  const clusters = useClusters().data?.clusters ?? [];
  const input = { month, ...(view.cluster === null ? {} : { cluster: view.cluster }) };
  const query = useQuery(api.budgets.list.queryOptions({ input }));
  const budgets = query.data?.budgets ?? [];
  const create = (
    <Button onClick={() => setOpen({ kind: 'new' })}>
      <Plus aria-hidden="true" strokeWidth={1.75} />
      New budget…
    </Button>
  );
  const state = panelStateOf([query], {
    nowMs,
    tz: view.tz,
    empty:
      budgets.length === 0 ? (
        <EmptyState icon={<Wallet strokeWidth={1.75} />} title="No budgets yet" actions={create}>
          A budget says what a cluster, namespace, team or cost center may emit or cost in a month. Podwatt tells when
          half, 80 % or all of it is used, and when it is expected to be passed.
        </EmptyState>
      ) : null,
  });
  const nameOf = (id: string | null): string | null =>
    id === null ? null : (clusters.find((cluster) => cluster.id === id)?.name ?? id);
  const close = () => setOpen(null);
  return (
    <>
      {open !== null && open.kind !== 'delete' && (
        <BudgetDialog budget={open.kind === 'edit' ? open.budget : null} onClose={close} />
      )}
      {open?.kind === 'delete' && <DeleteBudgetDialog budget={open.budget} onClose={close} />}
      <Panel
        title="Budgets"
        note="Used, and the range of the month’s end"
        actions={budgets.length === 0 ? undefined : create}
        state={state}
        padded={false}
      >
        <ul aria-label="Budgets" className="border-t border-line">
          {budgets.map((budget) => (
            <BudgetRow
              key={budget.id}
              budget={budget}
              cluster={nameOf(budget.cluster)}
              onEdit={() => setOpen({ kind: 'edit', budget })}
              onDelete={() => setOpen({ kind: 'delete', budget })}
            />
          ))}
        </ul>
      </Panel>
    </>
  );
}
