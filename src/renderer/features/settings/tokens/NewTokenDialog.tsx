import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import type { TokenScope } from '../../../../contract/schemas/tokens.ts';
import { CopyButton } from '../../../figures/CopyButton.tsx';
import { useApi } from '../../../rpc/provider.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Select } from '../../../ui/Select.tsx';
import { TextField } from '../../../ui/TextField.tsx';
import { SaveFailure } from '../SaveFailure.tsx';
import { LIVES, type Life, SCOPES } from './token-words.ts';

const focusFirst = (form: HTMLFormElement | null) => form?.querySelector('input')?.focus();

/** Makes a token, then shows its secret, once. */
export function NewTokenDialog({ onMade, onClose }: { onMade: () => void; onClose: () => void }) {
  const api = useApi();
  const id = useId();
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('read');
  const [life, setLife] = useState<Life>('90');
  const [isTried, setTried] = useState(false);
  const create = useMutation(api.tokens.create.mutationOptions({ onSuccess: onMade }));
  if (create.data !== undefined) return <Secret name={create.data.name} secret={create.data.token} onClose={onClose} />;
  const isNamed = name.trim() !== '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (isNamed) create.mutate({ name: name.trim(), scope, expires_in_days: life === 'never' ? null : Number(life) });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="New API token"
      description="For a program that asks the REST API, or for Prometheus."
      actions={
        <>
          <Button kind="ghost" size="large" onClick={onClose}>
            Cancel
          </Button>
          <Button kind="primary" size="large" type="submit" form={id} disabled={create.isPending}>
            Make the token
          </Button>
        </>
      }
    >
      <form id={id} ref={focusFirst} onSubmit={submit} className="flex flex-col gap-4" noValidate>
        <TextField
          label="Name"
          value={name}
          onChange={setName}
          placeholder="CI of the shop"
          error={isTried && !isNamed ? 'A name, to know it by later' : null}
          help="To know it by later."
        />
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">It may</span>
          <Select
            label="It may"
            size="large"
            value={scope}
            options={SCOPES.map((each) => ({ value: each.value, label: each.name }))}
            onChange={setScope}
          />
          <span className="text-small text-fg-3">{SCOPES.find(({ value }) => value === scope)?.about}</span>
        </div>
        <div className="flex flex-col gap-1">
          <span className="text-small font-medium">It ends after</span>
          <Select label="It ends after" size="large" value={life} options={LIVES} onChange={setLife} />
          {life === 'never' && (
            <span className="text-small text-fg-3">A token without an end has to be revoked by hand.</span>
          )}
        </div>
        <SaveFailure error={create.error} />
      </form>
    </Dialog>
  );
}

function Secret({ name, secret, onClose }: { name: string; secret: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Token “${name}”`}
      actions={
        <Button kind="primary" size="large" onClick={onClose}>
          Done
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        <Notice tone="warn">Copy it now: it is kept as a hash and never shown again.</Notice>
        <div className="flex items-center gap-2 rounded-2 bg-surface-2 py-1.5 pr-1.5 pl-3">
          <code className="min-w-0 flex-1 font-mono text-small break-all select-all">{secret}</code>
          <CopyButton label="Copy" text={() => secret} />
        </div>
        <p className="text-small text-fg-2">
          A program sends it as the header <code className="font-mono">Authorization: Bearer …</code>
        </p>
      </div>
    </Dialog>
  );
}
