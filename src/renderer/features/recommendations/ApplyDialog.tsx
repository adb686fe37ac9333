import { type FormEvent, useId, useState } from 'react';
import type { RecommendationItem } from '../../../contract/schemas/recommendations.ts';
import { failureOf } from '../../rpc/failure.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { actualOf, parseValue, valueName, valueText } from './actual-values.ts';
import type { Decisions } from './use-decisions.ts';

/** Values that stand in a manifest; the others only describe. */
const SETTABLE = /request|limit|replicas|target/;

/** What can be read; a number stays one, and nothing that is set is below zero. */
const isTaken = (recommended: number | string | null | undefined, value: number | string | null): boolean =>
  value !== null && (typeof recommended !== 'number' || (typeof value === 'number' && value >= 0));

/** Says that a change was made, with what was set in truth where that differs. */
export function ApplyDialog(props: { item: RecommendationItem; decisions: Decisions; onClose: () => void }) {
  const { item, decisions } = props;
  const id = useId();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>(() =>
    Object.fromEntries(
      Object.entries(item.recommended)
        .filter(([key, value]) => value !== null && SETTABLE.test(key))
        .map(([key, value]) => [key, valueText(key, value)]),
    ),
  );
  const [reason, setReason] = useState('');
  const wrong = Object.entries(typed)
    .filter(([key, text]) => !isTaken(item.recommended[key], parseValue(key, text)))
    .map(([key]) => key);
  const failure = decisions.error === null ? null : failureOf(decisions.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wrong.length === 0) decisions.apply(item, actualOf(item.recommended, typed), reason.trim());
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title="Mark as applied"
      description={`“${item.title}”. Podwatt changes nothing in the cluster; it measures from now on, and sets what it finds against what was promised.`}
      actions={
        <>
          <Button kind="ghost" size="large" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            size="large"
            type="submit"
            form={id}
            disabled={decisions.isPending || wrong.length > 0}
          >
            Mark as applied
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        {Object.entries(typed).map(([key, text]) => (
          <TextField
            key={key}
            label={`${valueName(key)}, as set`}
            value={text}
            onChange={(value) => setTyped({ ...typed, [key]: value })}
            error={wrong.includes(key) ? 'As Kubernetes writes it, for example 600m or 2Gi' : null}
            help={`Recommended: ${valueText(key, item.recommended[key] ?? null)}`}
            mono
          />
        ))}
        <TextField label="Note" value={reason} onChange={setReason} help="Kept in its history. May stay empty." />
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
