import type { ComponentProps } from 'react';
import { cx } from './class-names.ts';

export type ButtonKind = 'primary' | 'plain' | 'ghost' | 'danger';
export type ButtonSize = 'small' | 'normal' | 'large';

const KINDS: Record<ButtonKind, string> = {
  primary: 'bg-ink text-inverse border-ink hover:bg-ink-hover hover:border-ink-hover',
  plain: 'bg-surface-1 text-fg-1 border-line-strong hover:bg-hover',
  ghost: 'bg-transparent text-fg-2 border-transparent hover:bg-selected hover:text-fg-1',
  danger: 'bg-surface-1 text-bad border-line-strong hover:bg-bad-soft',
};
const SIZES: Record<ButtonSize, string> = {
  small: 'h-6 px-2 text-small',
  normal: 'h-7 px-2.5 text-[12.5px] leading-5',
  large: 'h-8 px-3 text-base',
};

export interface ButtonProps extends ComponentProps<'button'> {
  kind?: ButtonKind;
  size?: ButtonSize;
}

/** A button with words; icons inside take 16 px and the colour of the text. Primary is ink: green is kept for meaning. */
export function Button({ kind = 'plain', size = 'normal', className, type = 'button', ...rest }: ButtonProps) {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-2 border font-medium whitespace-nowrap transition-colors motion-fast',
        'disabled:opacity-50 disabled:pointer-events-none [&_svg]:size-4 [&_svg]:shrink-0',
        KINDS[kind],
        SIZES[size],
        className,
      )}
      {...rest}
    />
  );
}
