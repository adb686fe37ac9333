import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

export interface SegmentedOption<T extends string> {
  readonly value: T;
  readonly label: ReactNode;
}

/** One choice of a few that are all visible; arrow keys move, one is always chosen. */
export function Segmented<T extends string>(props: {
  label: string;
  value: T;
  options: readonly SegmentedOption<T>[];
  onChange: (value: T) => void;
}) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={props.label}
      value={props.value}
      onValueChange={(next) => {
        const option = props.options.find((candidate) => candidate.value === next);
        if (option !== undefined) props.onChange(option.value);
      }}
      className="inline-flex shrink-0 gap-px rounded-2 bg-surface-2 p-0.5"
    >
      {props.options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="flex h-6 items-center gap-1.5 rounded-1 px-2.5 text-small font-medium text-fg-2 hover:text-fg-1 data-[state=on]:bg-surface-1 data-[state=on]:text-fg-1 data-[state=on]:ring-1 data-[state=on]:ring-line-strong dark:data-[state=on]:bg-selected [&_svg]:size-4"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
