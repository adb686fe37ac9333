import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { ClusterSettings } from '../../../contract/schemas/contexts.ts';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';
import { SettingsFields } from './SettingsFields.tsx';
import { draftOf, inputOf, problemsOf } from './settings-draft.ts';

/** Where usage comes from, and the factors of one cluster. */
export function ClusterSettingsDialog({ context, onClose }: { context: string; onClose: () => void }) {
  const api = useApi();
  const settings = useQuery(api.contexts.settings.queryOptions({ input: { context } }));
  if (settings.data !== undefined) return <Form settings={settings.data} onClose={onClose} />;
  return (
    <Dialog open onClose={onClose} width="wide" title={`Settings of ${context}`}>
      {settings.error === null ? (
        <Skeleton rows={6} label="Loading the settings" />
      ) : (
        <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />
      )}
    </Dialog>
  );
}

function Form({ settings, onClose }: { settings: ClusterSettings; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const id = useId();
  const [draft, setDraft] = useState(() => draftOf(settings));
  const problems = problemsOf(draft);
  const save = useMutation(
    api.contexts.updateSettings.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.contexts.settings.queryKey({ input: { context: settings.context } }), answer);
        onClose();
      },
    }),
  );
  const failure = save.error === null ? null : failureOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(problems).length === 0) save.mutate(inputOf(settings.context, draft));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title={`Settings of ${settings.context}`}
      description="Empty fields mean: as Podwatt finds it. Changes count from the next window on."
      actions={
        <>
          <Button kind="ghost" size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            size="large"
            type="submit"
            form={id}
            disabled={save.isPending || Object.keys(problems).length > 0}
          >
            Save
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-5">
        <SettingsFields settings={settings} draft={draft} problems={problems} onChange={setDraft} />
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
