import { type FormEvent, useId, useState } from 'react';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { formatCount } from '../../format/digits.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import type { Decisions } from './use-decisions.ts';

const REASONS = ['Needed as it is', 'Planned otherwise', 'Too risky'] as const;

/** Why it is not wanted; it stays away until it is opened again. */
export function DismissDialog(props: {
  items: readonly RecommendationItem[];
  decisions: Decisions;
  onClose: () => void;
}) {
  const { items, decisions } = props;
  const id = useId();
  const [reason, setReason] = useState('');
  const failure = decisions.error === null ? null : failureOf(decisions.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    decisions.dismiss(items, reason.trim());
  };
  const [first] = items;
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={
        items.length === 1 ? 'Dismiss this recommendation' : `Dismiss ${formatCount(items.length)} recommendations`
      }
      description={`${items.length === 1 && first !== undefined ? `“${first.title}” stays` : 'They stay'} away, also when found again, until opened again under Dismissed.`}
      actions={
        <>
          <Button kind="ghost" size="large" onClick={props.onClose}>
            Cancel
          </Button>
          <Button kind="primary" size="large" type="submit" form={id} disabled={decisions.isPending}>
            Dismiss
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-3" noValidate>
        <TextField label="Reason" value={reason} onChange={setReason} help="Others read it there. May stay empty." />
        <div className="flex flex-wrap gap-2">
          {REASONS.map((words) => (
            <Button key={words} size="small" onClick={() => setReason(words)}>
              {words}
            </Button>
          ))}
        </div>
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
