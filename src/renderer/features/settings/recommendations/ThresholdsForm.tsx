import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Switch } from '../../../ui/Switch.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import {
  changesOf,
  draftOf,
  FIELDS,
  GROUPS,
  isSameDraft,
  problemsOf,
  type Thresholds,
  type ThresholdsDraft,
  usualDraft,
} from './thresholds-draft.ts';

export function ThresholdsForm({ settings }: { settings: Thresholds }) {
  const api = useApi();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<ThresholdsDraft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = useMutation(
    api.recommendations.updateThresholds.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.recommendations.thresholds.queryKey(), answer);
        setTyped(null);
        setSaved(true);
      },
    }),
  );
  const draft = typed ?? draftOf(settings);
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;
  const changes = isRight ? changesOf(settings, draft) : null;
  const set = (next: ThresholdsDraft) => {
    setSaved(false);
    setTyped(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (changes !== null) save.mutate(changes);
  };
  return (
    <form onSubmit={submit} className="border-t border-line" noValidate>
      {GROUPS.map((group) => (
        <fieldset key={group.title} className="min-w-0 border-b border-line">
          <legend className="float-left w-full bg-surface-2 px-4 py-1.5 text-micro font-medium text-fg-2">
            {group.title}
          </legend>
          <div className="clear-both">
            {group.fields.map((field) => {
              const { name, about, suffix, usual } = FIELDS[field];
              return (
                <SettingRow key={field} name={name} about={about}>
                  <TextField
                    label={`${name}, ${suffix}`}
                    hideLabel
                    value={draft.texts[field]}
                    onChange={(text) => set({ ...draft, texts: { ...draft.texts, [field]: text } })}
                    error={problems[field] ?? null}
                    help={`Default: ${usual}`}
                    suffix={suffix}
                    className="self-stretch"
                  />
                </SettingRow>
              );
            })}
          </div>
        </fieldset>
      ))}
      <SettingRow
        name="System namespaces too"
        about="kube-system and its like are left out: what they reserve is seldom yours to change."
      >
        <Switch
          label="System namespaces too"
          checked={draft.includeSystem}
          onChange={(includeSystem) => set({ ...draft, includeSystem })}
        />
      </SettingRow>
      <SaveFailure error={save.error} className="mx-4 mb-3" />
      <FormFoot
        note={
          isSaved ? 'Saved. The next analysis goes by it.' : 'What is ignored stays ignored, whatever is found anew.'
        }
        isSaved={isSaved}
        canSave={changes !== null && !save.isPending}
        actions={
          <Button kind="ghost" disabled={isSameDraft(draft, usualDraft)} onClick={() => set(usualDraft)}>
            Reset to defaults
          </Button>
        }
        {...(typed === null ? {} : { onCancel: () => setTyped(null) })}
      />
    </form>
  );
}
