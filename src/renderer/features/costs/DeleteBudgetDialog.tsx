import { useMutation } from '@tanstack/react-query';
import type { BudgetItem } from '../../../contract/schemas/budgets.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useRefreshBudgets } from './use-refresh-budgets.ts';

/** What goes with a budget, and what stays. */
export function DeleteBudgetDialog({ budget, onClose }: { budget: BudgetItem; onClose: () => void }) {
  const api = useApi();
  const refresh = useRefreshBudgets();
  const onSuccess = () => {
    refresh();
    onClose();
  };
  const remove = useMutation(api.budgets.delete.mutationOptions({ onSuccess }));
  const failure = remove.error === null ? null : failureOf(remove.error);
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Delete ${budget.name}?`}
      description="The budget and its alerts go. Figures of carbon and cost stay as they are."
      actions={
        <>
          <Button
            kind="danger"
            size="large"
            disabled={remove.isPending}
            onClick={() => remove.mutate({ id: budget.id })}
          >
            Delete budget
          </Button>
          <Button kind="primary" size="large" onClick={onClose}>
            Keep it
          </Button>
        </>
      }
    >
      {failure !== null && (
        <Notice tone="bad">
          <span className="block font-medium">{failure.message}</span>
          {failure.hint}
        </Notice>
      )}
    </Dialog>
  );
}
