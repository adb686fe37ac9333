import { useId } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';

interface Props {
  readonly hasKey: boolean;
  /** Null while a kept key is left alone. */
  readonly typed: string | null;
  readonly problem: string | null;
  readonly isBusy: boolean;
  readonly onType: (typed: string | null) => void;
  readonly onRemove: () => void;
}

/** A key goes in and never comes out: one that is kept can be replaced or removed, not read. */
export function KeyField({ hasKey, typed, problem, isBusy, onType, onRemove }: Props) {
  const id = useId();
  if (hasKey && typed === null) {
    return (
      <div className="flex flex-col items-start gap-1 self-stretch">
        <span id={id} className="text-small font-medium">
          API key
        </span>
        <span className="flex h-8 w-full items-center rounded-2 bg-surface-2 px-2.5 font-mono text-small text-fg-2">
          A key is kept
        </span>
        <span className="text-small text-fg-3">Kept as a secret; it is never shown again.</span>
        <span className="flex gap-2 pt-1">
          <Button aria-describedby={id} disabled={isBusy} onClick={() => onType('')}>
            Replace
          </Button>
          <Button kind="danger" aria-describedby={id} disabled={isBusy} onClick={onRemove}>
            Remove
          </Button>
        </span>
      </div>
    );
  }
  return (
    <TextField
      label="API key"
      type="password"
      value={typed ?? ''}
      onChange={onType}
      error={problem}
      help="From your account at Electricity Maps. Kept as a secret; it is never shown again."
      mono
      className="self-stretch"
    />
  );
}
