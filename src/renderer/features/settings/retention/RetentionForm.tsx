import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { StoreStatus } from '../../../../contract/schemas/store.ts';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { FormFoot } from '../FormFoot.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { RetentionRow } from './RetentionRow.tsx';
import { DEFAULTS, draftOf, isSame, LEVELS, problemsOf, type RetentionDraft, retentionOf } from './retention-draft.ts';

export function RetentionForm({ status }: { status: StoreStatus }) {
  const api = useApi();
  const queries = useQueryClient();
  const [typed, setTyped] = useState<RetentionDraft | null>(null);
  const [isSaved, setSaved] = useState(false);
  const save = useMutation(
    api.store.setRetention.mutationOptions({
      onSuccess: (answer) => {
        queries.setQueryData(api.store.status.queryKey(), answer);
        setTyped(null);
        setSaved(true);
      },
    }),
  );
  const draft = typed ?? draftOf(status.retention);
  const problems = problemsOf(draft);
  const isRight = Object.keys(problems).length === 0;
  const isChanged = typed !== null && !(isRight && isSame(retentionOf(draft), status.retention));
  const set = (next: RetentionDraft) => {
    setSaved(false);
    setTyped(next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isChanged && isRight) save.mutate(retentionOf(draft));
  };
  return (
    <form onSubmit={submit}>
      {LEVELS.map((level) => (
        <RetentionRow
          key={level}
          level={level}
          value={draft[level]}
          problem={problems[level] ?? null}
          onChange={(value) => set({ ...draft, [level]: value })}
        />
      ))}
      <SaveFailure error={save.error} className="mx-4 mb-3" />
      <FormFoot
        note={isSaved ? 'Saved. The next run goes by it.' : removalWords(status)}
        isSaved={isSaved}
        canSave={isChanged && isRight && !save.isPending}
        actions={
          <Button
            kind="ghost"
            disabled={isRight && isSame(retentionOf(draft), DEFAULTS)}
            onClick={() => set(draftOf(DEFAULTS))}
          >
            Reset to defaults
          </Button>
        }
        {...(isChanged ? { onCancel: () => setTyped(null) } : {})}
      />
    </form>
  );
}

function removalWords({ kind }: StoreStatus): string {
  const words = 'What a run removes can’t be brought back.';
  return kind === 'sqlite' ? words : `${words} Where several Podwatts share a store, the shortest time counts.`;
}
