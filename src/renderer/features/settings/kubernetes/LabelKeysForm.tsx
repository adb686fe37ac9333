import { type FormEvent, useState } from 'react';
import type { LabelKeys } from '../../../../contract/schemas/settings.ts';
import { useSaveSettings } from '../../../app/settings-in-force.ts';
import { TextField } from '../../../ui/TextField.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { SettingRow } from '../SettingRow.tsx';
import { draftOf, isSame, type LabelKeysDraft, labelKeysOf, problemsOf } from './label-keys-draft.ts';

/** Which labels name a team and a cost center. */
export function LabelKeysForm({ labelKeys }: { labelKeys: LabelKeys }) {
  const [typed, setTyped] = useState<LabelKeysDraft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = useSaveSettings(() => {
    setTyped(null);
    setSaved(true);
  });
  const draft = typed ?? draftOf(labelKeys);
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;
  const isChanged = typed !== null && !(isRight && isSame(labelKeysOf(draft), labelKeys));
  const set = (part: Partial<LabelKeysDraft>) => {
    setSaved(false);
    setTyped({ ...draft, ...part });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && isRight) save.mutate({ label_keys: labelKeysOf(draft) });
  };
  return (
    <form onSubmit={submit} noValidate className="border-t border-line">
      <SettingRow name="Team" about="The first of these labels that a pod has, else its namespace, names its team.">
        <TextField
          label="Labels of the team"
          hideLabel
          mono
          value={draft.team}
          onChange={(team) => set({ team })}
          error={problems.team ?? null}
          className="self-stretch"
        />
      </SettingRow>
      <SettingRow name="Cost center" about="In the same way, for who pays.">
        <TextField
          label="Labels of the cost center"
          hideLabel
          mono
          value={draft.costCenter}
          onChange={(costCenter) => set({ costCenter })}
          error={problems.costCenter ?? null}
          className="self-stretch"
        />
      </SettingRow>
      <SaveFailure error={save.error} className="mx-4 mb-3" />
      <FormFoot
        note={
          isSaved
            ? 'Saved. Clusters are read anew; figures that are stored keep the team they had.'
            : 'Best first, apart by commas. They count from the next reading on.'
        }
        isSaved={isSaved}
        canSave={isChanged && isRight && !save.isPending}
        {...(isChanged ? { onCancel: () => setTyped(null) } : {})}
      />
    </form>
  );
}
