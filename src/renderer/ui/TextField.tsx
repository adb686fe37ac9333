import { type ReactNode, useId } from 'react';
import { cx } from './class-names.ts';

/** A labelled input of a form; `error` takes the place of `help` and is tied to the input. */
export function TextField(props: {
  label: string;
  /** Keeps the words for readers only, where other words stand beside the field. */
  hideLabel?: boolean;
  value: string;
  onChange: (value: string) => void;
  type?: 'text' | 'password' | 'number' | 'datetime-local';
  placeholder?: string;
  help?: ReactNode;
  error?: string | null;
  mono?: boolean;
  suffix?: string;
  disabled?: boolean;
  className?: string;
}) {
  const id = useId();
  const note = props.error ?? props.help;
  return (
    <div className={cx('flex min-w-0 flex-col gap-1', props.className)}>
      <label htmlFor={id} className={props.hideLabel === true ? 'sr-only' : 'text-small font-medium'}>
        {props.label}
      </label>
      <span
        className={cx(
          'flex h-8 items-center gap-2 rounded-2 border bg-surface-1 px-2.5 focus-within:shadow-(--focus-ring)',
          props.error ? 'border-bad' : 'border-line-control',
        )}
      >
        <input
          id={id}
          type={props.type ?? 'text'}
          value={props.value}
          disabled={props.disabled ?? false}
          placeholder={props.placeholder}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => props.onChange(event.target.value)}
          className={cx(
            'min-w-0 flex-1 bg-transparent text-[12.5px] focus-visible:shadow-none disabled:opacity-50',
            props.mono === true && 'font-mono text-small',
          )}
        />
        {props.suffix !== undefined && <span className="text-small text-fg-3">{props.suffix}</span>}
      </span>
      {note && (
        <span id={`${id}-note`} className={cx('text-small', props.error ? 'text-bad' : 'text-fg-3')}>
          {note}
        </span>
      )}
    </div>
  );
}
