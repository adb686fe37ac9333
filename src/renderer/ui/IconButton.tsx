import { Button, type ButtonProps } from './Button.tsx';
import { cx } from './class-names.ts';
import { Tooltip } from './Tooltip.tsx';

export interface IconButtonProps extends Omit<ButtonProps, 'aria-label' | 'title'> {
  /** Read by screen readers and shown as the tooltip. */
  label: string;
}

/** A square button with an icon and its name as a tooltip. */
export function IconButton({ label, size = 'normal', kind = 'ghost', className, ...rest }: IconButtonProps) {
  const square = size === 'small' ? 'w-6' : size === 'large' ? 'w-8' : 'w-7';
  return (
    <Tooltip text={label}>
      <Button aria-label={label} size={size} kind={kind} className={cx(square, 'px-0', className)} {...rest} />
    </Tooltip>
  );
}
