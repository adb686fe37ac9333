import type { Change } from '../format/change.ts';
import { cx } from './class-names.ts';

const TONES = { good: 'text-good', bad: 'text-bad', neutral: 'text-fg-2' } as const;

/** A change with its sign; coloured only where it is worth a colour. Nothing to compare with shows nothing. */
export function Delta({ change, before, className }: { change: Change | null; before?: string; className?: string }) {
  if (change === null) return null;
  return (
    <span
      className={cx('text-small font-medium whitespace-nowrap tabular-nums', TONES[change.tone], className)}
      title={before}
    >
      {change.text}
    </span>
  );
}
