import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { BudgetItem } from '../../../contract/schemas/budgets.ts';
import { useClusters } from '../../app/clusters-query.ts';
import { useView } from '../../app/view/use-view.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { BudgetFields } from './BudgetFields.tsx';
import { type BudgetProblems, draftOf, inputOf, problemsOf } from './budget-draft.ts';
import { useRefreshBudgets } from './use-refresh-budgets.ts';

const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();

/** Sets a budget, or changes one. */
export function BudgetDialog({ budget, onClose }: { budget: BudgetItem | null; onClose: () => void }) {
  const api = useApi();
  const view = useView();
  const id = useId();
  const refresh = useRefreshBudgets();
  const clusters = useClusters().data?.clusters ?? [];
  const [draft, setDraft] = useState(() =>
    draftOf(
      budget,
      view.cluster,
      clusters.map((cluster) => cluster.id),
    ),
  );
  const [problems, setProblems] = useState<BudgetProblems>({});
  const onSuccess = () => {
    refresh();
    onClose();
  };
  const create = useMutation(api.budgets.create.mutationOptions({ onSuccess }));
  const update = useMutation(api.budgets.update.mutationOptions({ onSuccess }));
  const { error, isPending } = budget === null ? create : update;
  const failure = error === null ? null : failureOf(error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const found = problemsOf(draft);
    setProblems(found);
    if (Object.keys(found).length > 0) return;
    if (budget === null) create.mutate(inputOf(draft));
    else update.mutate({ id: budget.id, ...inputOf(draft) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={budget === null ? 'New budget' : `Change ${budget.name}`}
      description="It counts for each calendar month, UTC. Carbon is operational and embodied together."
      actions={
        <>
          <Button kind="ghost" size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" size="large" type="submit" form={id} disabled={isPending}>
            {budget === null ? 'Set budget' : 'Save'}
          </Button>
        </>
      }
    >
      <form id={id} ref={focusFirst} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <BudgetFields draft={draft} problems={problems} clusters={clusters} onChange={setDraft} />
        {failure !== null && (
          <Notice tone="bad">
            <span className="block font-medium">{failure.message}</span>
            {failure.hint}
          </Notice>
        )}
      </form>
    </Dialog>
  );
}
