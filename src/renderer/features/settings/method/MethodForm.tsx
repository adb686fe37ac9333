import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { MethodSettings } from '../../../../contract/schemas/sources.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { RestateLine } from '../RestateLine.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { MethodFields } from './MethodFields.tsx';
import { changesOf, draftOf, type MethodDraft, problemsOf } from './method-draft.ts';

interface Props {
  readonly context: string;
  /** Null while it was never connected to: there is no past to restate. */
  readonly clusterId: string | null;
  readonly settings: MethodSettings;
}

/** PUE, zone, contract, prices and OpenCost of one cluster. Saves what was changed; the past is restated with it. */
export function MethodForm({ context, clusterId, settings }: Props) {
  const api = useApi();
  const queries = useQueryClient();
  // What was typed counts against the settings that were on screen then, not against ones that arrive later.
  const [typed, setTyped] = useState<{ from: MethodSettings; draft: MethodDraft } | null>(null);
  const [savedAtMs, setSavedAt] = useState<number | null>(null);
  const save = useMutation(
    api.sources.updateMethod.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.sources.method.queryKey({ input: { context } }), answer);
        void queries.invalidateQueries({ queryKey: api.contexts.settings.key() });
        setTyped(null);
        setSavedAt(Date.now());
      },
    }),
  );
  const draft = typed?.draft ?? draftOf(settings);
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;
  const changes = isRight ? changesOf(typed?.from ?? settings, draft) : null;
  const set = (patch: Partial<MethodDraft>): void => {
    setSavedAt(null);
    setTyped({ from: typed?.from ?? settings, draft: { ...draft, ...patch } });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (changes !== null && !save.isPending) save.mutate({ context, ...changes });
  };
  return (
    <form onSubmit={submit} className="border-t border-line">
      <MethodFields draft={draft} problems={problems} onChange={set} />
      <SaveFailure error={save.error} className="mx-4 mb-3" />
      {savedAtMs !== null && clusterId !== null && (
        <RestateLine clusterId={clusterId} savedAtMs={savedAtMs} className="mx-4 mb-3" />
      )}
      <FormFoot
        label="Save and restate"
        note={
          savedAtMs === null
            ? 'Saving restates the past: stored figures are computed anew, and the audit keeps what they were.'
            : 'Saved.'
        }
        isSaved={savedAtMs !== null}
        canSave={changes !== null && !save.isPending}
        {...(typed === null ? {} : { onCancel: () => setTyped(null) })}
      />
    </form>
  );
}
