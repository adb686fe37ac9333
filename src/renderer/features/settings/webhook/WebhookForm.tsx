import { type FormEvent, useState } from 'react';
import type { WebhookSettings } from '../../../../contract/schemas/webhook.ts';
import { Button } from '../../../ui/Button.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { KeptField } from './KeptField.tsx';
import { TestResult } from './TestResult.tsx';
import { useWebhookDeeds } from './use-webhook.ts';
import { addressProblem, inputOf, untouched, type WebhookDraft } from './webhook-draft.ts';

const NOTES = {
  none: 'Nothing is sent while no address is set.',
  set: 'Alerts that are raised from now on are sent.',
  saved: 'Saved. Alerts that are raised from now on are sent.',
  removed: 'Removed. Nothing is sent any more.',
} as const;

/** Address and secret of the webhook. */
export function WebhookForm({ kept }: { kept: WebhookSettings }) {
  const [draft, setDraft] = useState<WebhookDraft>(untouched);
  const [isSaved, setSaved] = useState(false);
  const { save, remove, test } = useWebhookDeeds(() => {
    setDraft(untouched);
    setSaved(true);
  });
  const hasAddress = kept.host !== null;
  const input = inputOf(draft, hasAddress);
  const isChanged = input !== null && Object.keys(input).length > 0;
  const isBusy = save.isPending || remove.isPending;
  const change = (part: Partial<WebhookDraft>) => {
    setSaved(false);
    save.reset();
    test.reset();
    setDraft({ ...draft, ...part });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    test.reset();
    if (isChanged) save.mutate(input);
  };
  return (
    <form onSubmit={submit} className="border-t border-line" noValidate>
      <SettingRow
        name="Address"
        about="Each alert of a budget is posted to it as JSON, once. It may hold a token, so it is kept as a secret and only its host is shown."
      >
        <KeptField
          label="Address"
          kept={kept.host}
          typed={draft.url}
          onType={(url) => change({ url })}
          problem={addressProblem(draft.url ?? '')}
          placeholder="https://"
          help="https, or http to this computer."
          actions={
            <Button
              kind="danger"
              aria-label="Remove the webhook"
              disabled={isBusy}
              onClick={() => remove.mutate(undefined)}
            >
              Remove
            </Button>
          }
        />
      </SettingRow>
      <SettingRow
        name="Secret"
        about="Signs what is posted, so that the receiver can tell that it comes from Podwatt: HMAC-SHA256 in X-Podwatt-Signature. Optional."
      >
        <KeptField
          label="Secret"
          kept={kept.has_secret ? 'A secret is kept' : null}
          typed={draft.secret}
          onType={(secret) => change({ secret })}
          help="At random, 16 characters or more. It is never shown again."
          isHidden
          actions={
            <Button
              kind="danger"
              aria-label="Remove the secret"
              disabled={isBusy}
              onClick={() => save.mutate({ secret: null })}
            >
              Remove
            </Button>
          }
        />
      </SettingRow>
      <SaveFailure error={save.error ?? remove.error} className="mx-4 mb-3" />
      <TestResult test={test} className="mx-4 mb-3" />
      <FormFoot
        note={NOTES[isSaved ? (hasAddress ? 'saved' : 'removed') : hasAddress ? 'set' : 'none']}
        isSaved={isSaved}
        canSave={isChanged && !isBusy}
        actions={
          <Button disabled={input === null || test.isPending} onClick={() => input !== null && test.mutate(input)}>
            Send a test
          </Button>
        }
      />
    </form>
  );
}
