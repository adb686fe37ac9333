import { Check, ChevronDown } from 'lucide-react';
import { Select as Radix } from 'radix-ui';
import { cx } from './class-names.ts';

/** One of several, in a list that opens. `prefix` stands greyer before the choice: "Group by". */
export function Select<T extends string>(props: {
  label: string;
  value: T;
  options: readonly { readonly value: T; readonly label: string }[];
  onChange: (value: T) => void;
  prefix?: string;
  size?: 'normal' | 'large';
  className?: string;
}) {
  return (
    <Radix.Root
      value={props.value}
      onValueChange={(next) => {
        const option = props.options.find((candidate) => candidate.value === next);
        if (option !== undefined) props.onChange(option.value);
      }}
    >
      <Radix.Trigger
        aria-label={props.label}
        className={cx(
          'inline-flex shrink-0 items-center gap-2 rounded-2 border bg-surface-1 text-[12.5px] whitespace-nowrap hover:bg-hover',
          props.size === 'large' ? 'h-8 border-line-control px-2.5' : 'h-7 border-line-strong px-2',
          props.className,
        )}
      >
        {props.prefix !== undefined && <span className="text-fg-2">{props.prefix}</span>}
        <span className="min-w-0 flex-1 truncate text-left font-medium">
          <Radix.Value />
        </span>
        <ChevronDown aria-hidden="true" className="size-3.5 text-fg-2" />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          className="appear z-60 min-w-(--radix-select-trigger-width) rounded-3 bg-overlay p-1 text-fg-1 shadow-2"
        >
          <Radix.Viewport>
            {props.options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                className="flex h-7 items-center gap-2 rounded-1 px-2 text-[12.5px] select-none data-highlighted:bg-selected data-highlighted:shadow-none"
              >
                <span className="flex-1">
                  <Radix.ItemText>{option.label}</Radix.ItemText>
                </span>
                <Radix.ItemIndicator>
                  <Check aria-hidden="true" className="size-3.5" />
                </Radix.ItemIndicator>
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
