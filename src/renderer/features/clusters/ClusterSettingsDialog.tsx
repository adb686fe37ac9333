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
import { changesOf, draftOf, problemsOf, type SettingsDraft } from './settings-draft.ts';

const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();

/** Where usage comes from, and the factors of one cluster. Saves what was changed and nothing else. */
export function ClusterSettingsDialog({ context, onClose }: { context: string; onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const id = useId();
  const { data: settings, error, refetch } = useQuery(api.contexts.settings.queryOptions({ input: { context } }));
  // What was typed counts against the settings that were on screen then, not against ones that arrive later.
  const [typed, setTyped] = useState<{ from: ClusterSettings; draft: SettingsDraft } | null>(null);
  const draft = typed?.draft ?? (settings === undefined ? null : draftOf(settings));
  const problems = draft === null ? {} : problemsOf(draft);
  const hasProblems = Object.keys(problems).length > 0;
  const save = useMutation(
    api.contexts.updateSettings.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.contexts.settings.queryKey({ input: { context } }), answer);
        onClose();
      },
    }),
  );
  const failure = save.error === null ? null : failureOf(save.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (settings === undefined || draft === null || hasProblems) return;
    const changes = changesOf(typed?.from ?? settings, draft);
    if (Object.keys(changes).length === 1) onClose();
    else save.mutate(changes);
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title={`Settings of ${context}`}
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
            disabled={draft === null || save.isPending || hasProblems}
          >
            Save
          </Button>
        </>
      }
    >
      {settings === undefined || draft === null ? (
        error === null ? (
          <Skeleton rows={6} label="Loading the settings" />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )
      ) : (
        <form id={id} ref={focusFirst} onSubmit={submit} className="flex flex-col gap-5">
          <SettingsFields
            settings={settings}
            draft={draft}
            problems={problems}
            onChange={(next) => setTyped({ from: typed?.from ?? settings, draft: next })}
          />
          {failure !== null && (
            <Notice tone="bad">
              <span className="block font-medium">{failure.message}</span>
              {failure.hint}
            </Notice>
          )}
        </form>
      )}
    </Dialog>
  );
}
