import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { failureOf } from '../../rpc/failure.ts';
import { useApi } from '../../rpc/provider.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Select } from '../../ui/Select.tsx';
import { TextField } from '../../ui/TextField.tsx';
import { ConsentPart } from './ConsentPart.tsx';
import { ContextChoice } from './ContextChoice.tsx';
import { KubeconfigField } from './KubeconfigField.tsx';
import { EMPTY_DRAFT, firstChoice, hindrance, inputOf, withContext } from './register-draft.ts';

const ENVIRONMENTS = [
  { value: 'none', label: 'Not said' },
  { value: 'production', label: 'Production' },
  { value: 'staging', label: 'Staging' },
  { value: 'development', label: 'Development' },
] as const;

/** A kubeconfig is remembered by nothing on this side once the call is over. */
const FORGOTTEN = { gcTime: 0 } as const;

/** Registers a cluster: paste or drop a kubeconfig, look at what it holds and does, then choose. */
export function RegisterDialog({ onClose }: { onClose: () => void }) {
  const api = useApi();
  const queries = useQueryClient();
  const id = useId();
  const [draft, setDraft] = useState(EMPTY_DRAFT);
  const preview = useMutation(
    api.k8s.preview.mutationOptions({
      ...FORGOTTEN,
      onSuccess: (answer) => {
        const first = firstChoice(answer);
        if (first !== null) setDraft((before) => withContext(before, first));
      },
    }),
  );
  const register = useMutation(
    api.k8s.register.mutationOptions({
      ...FORGOTTEN,
      onSuccess: () => {
        for (const queryKey of [api.contexts.key(), api.clusters.key(), api.k8s.key()]) {
          void queries.invalidateQueries({ queryKey });
        }
        onClose();
      },
    }),
  );
  const seen = preview.data;
  const chosen = seen?.contexts.find((context) => context.name === draft.context) ?? null;
  const missing = seen === undefined ? null : hindrance(draft, seen);
  const error = register.error ?? preview.error;
  const failure = error === null ? null : failureOf(error);
  const change = (kubeconfig: string, isWhole: boolean) => {
    setDraft({ ...EMPTY_DRAFT, kubeconfig });
    register.reset();
    preview.reset();
    if (isWhole && kubeconfig.trim() !== '') preview.mutate({ kubeconfig });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (seen === undefined) preview.mutate({ kubeconfig: draft.kubeconfig });
    else if (missing === null) register.mutate(inputOf(draft));
  };
  return (
    <Dialog
      open
      onClose={onClose}
      width="wide"
      title="Add a kubeconfig"
      description="For a cluster that no kubeconfig file of this machine leads to. It is kept sealed (AES-256-GCM) and used only to read."
      actions={
        <>
          {missing !== null && <span className="mr-auto text-small text-fg-3">{missing}</span>}
          <Button kind="ghost" size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button
            kind="primary"
            size="large"
            type="submit"
            form={id}
            disabled={draft.kubeconfig.trim() === '' || preview.isPending || register.isPending || missing !== null}
          >
            {seen === undefined ? 'Look at it' : register.isPending ? 'Reaching the cluster' : 'Register'}
          </Button>
        </>
      }
    >
      <form id={id} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <KubeconfigField value={draft.kubeconfig} onChange={change} isFolded={seen !== undefined} />
        {seen !== undefined && (
          <>
            <ContextChoice
              contexts={seen.contexts}
              chosen={draft.context}
              onChoose={(context) => setDraft(withContext(draft, context))}
            />
            {chosen !== null && (
              <ConsentPart
                context={chosen}
                policy={seen.consent}
                isGiven={draft.consent}
                onChange={(consent) => setDraft({ ...draft, consent })}
              />
            )}
            <div className="flex items-end gap-3">
              <TextField
                label="Name"
                value={draft.name}
                onChange={(name) => setDraft({ ...draft, name })}
                className="flex-1"
              />
              <Select
                label="Environment"
                prefix="Environment"
                size="large"
                value={draft.environment}
                options={ENVIRONMENTS}
                onChange={(environment) => setDraft({ ...draft, environment })}
              />
            </div>
          </>
        )}
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
