import type { ReactNode } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { TextField } from '../../../ui/TextField.tsx';

interface Props {
  readonly label: string;
  /** What may be said of what is kept; null where nothing is. */
  readonly kept: string | null;
  /** Null while what is kept is left alone. */
  readonly typed: string | null;
  readonly onType: (typed: string | null) => void;
  readonly problem?: string | null;
  readonly help: string;
  readonly placeholder?: string;
  readonly isHidden?: boolean;
  /** More buttons beside what is kept. */
  readonly actions?: ReactNode;
}

/** Something that goes in and never comes out: what is kept can be replaced, not read. */
export function KeptField({ label, kept, typed, onType, problem, help, placeholder, isHidden, actions }: Props) {
  if (kept !== null && typed === null) {
    return (
      <div className="flex flex-col items-start gap-1 self-stretch">
        <span className="flex h-8 w-full items-center truncate rounded-2 bg-surface-2 px-2.5 font-mono text-small text-fg-2">
          {kept}
        </span>
        <span className="flex gap-2 pt-1">
          <Button aria-label={`Replace the ${label.toLowerCase()}`} onClick={() => onType('')}>
            Replace
          </Button>
          {actions}
        </span>
      </div>
    );
  }
  return (
    <>
      <TextField
        label={label}
        hideLabel
        type={isHidden === true ? 'password' : 'text'}
        value={typed ?? ''}
        onChange={onType}
        error={problem ?? null}
        help={help}
        {...(placeholder === undefined ? {} : { placeholder })}
        mono
        className="self-stretch"
      />
      {kept !== null && (
        <Button kind="ghost" onClick={() => onType(null)}>
          Keep the old one
        </Button>
      )}
    </>
  );
}
