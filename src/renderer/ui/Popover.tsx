import { Popover as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cx } from './class-names.ts';

/** Something that floats from its trigger; Esc closes it and returns focus. `trigger` is one button element. */
export function Popover(props: {
  trigger: ReactNode;
  label: string;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  align?: 'start' | 'center' | 'end';
  className?: string;
  children: ReactNode;
}) {
  const control = props.open === undefined ? {} : { open: props.open };
  return (
    <Radix.Root {...control} {...(props.onOpenChange === undefined ? {} : { onOpenChange: props.onOpenChange })}>
      <Radix.Trigger asChild>{props.trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={props.label}
          align={props.align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          className={cx('appear z-40 rounded-3 bg-overlay p-1 text-fg-1 shadow-2', props.className)}
        >
          {props.children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
