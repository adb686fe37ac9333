import { Check, Minus } from 'lucide-react';
import { Checkbox as Radix } from 'radix-ui';
import { type ReactNode, useId } from 'react';

/** A check with its words; `hideLabel` keeps the words for readers only (rows of a table). */
export function Checkbox(props: {
  label: ReactNode;
  checked: boolean | 'indeterminate';
  onChange: (checked: boolean) => void;
  disabled?: boolean;
  hideLabel?: boolean;
}) {
  const id = useId();
  return (
    <span className="inline-flex items-center gap-2">
      <Radix.Root
        id={id}
        checked={props.checked}
        disabled={props.disabled ?? false}
        onCheckedChange={(next) => props.onChange(next === true)}
        className="relative grid size-3.5 shrink-0 place-items-center rounded-[3px] border border-line-control bg-surface-1 before:absolute before:-inset-1.5 data-[state=checked]:border-ink data-[state=checked]:bg-ink data-[state=checked]:text-inverse data-[state=indeterminate]:border-ink data-[state=indeterminate]:bg-ink data-[state=indeterminate]:text-inverse disabled:opacity-50"
      >
        <Radix.Indicator>
          {props.checked === 'indeterminate' ? (
            <Minus className="size-2.5" strokeWidth={3} />
          ) : (
            <Check className="size-2.5" strokeWidth={3} />
          )}
        </Radix.Indicator>
      </Radix.Root>
      <label htmlFor={id} className={props.hideLabel === true ? 'sr-only' : 'text-[12.5px]'}>
        {props.label}
      </label>
    </span>
  );
}
