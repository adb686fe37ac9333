import { cx } from './class-names.ts';

export type Status = 'healthy' | 'attention' | 'broken' | 'off';

const SHAPES: Record<Status, string> = {
  healthy: 'rounded-full bg-good-fill',
  attention: 'rotate-45 scale-[.88] rounded-[1px] bg-warn-fill',
  broken: 'rounded-[1.5px] bg-bad-fill',
  off: 'rounded-full border-[1.5px] border-line-control',
};

/** Disc healthy, diamond attention, square broken, ring off. Words always stand beside it, so it is hidden from readers. */
export function StatusDot({ status, className }: { status: Status; className?: string }) {
  return (
    <span
      aria-hidden="true"
      data-status={status}
      className={cx('inline-block size-2 shrink-0', SHAPES[status], className)}
    />
  );
}
