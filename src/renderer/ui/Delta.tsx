import type { Change } from '../format/change.ts';
import { cx } from './class-names.ts';

const TONES = { good: 'text-good', bad: 'text-bad', neutral: 'text-fg-2' } as const;

/** A change with its sign; coloured only where it is worth a colour. With nothing to compare, `otherwise` or nothing. */
export function Delta(props: { change: Change | null; before?: string; otherwise?: string; className?: string }) {
  const { change } = props;
  if (change === null)
    return props.otherwise === undefined ? null : <span className="text-fg-3">{props.otherwise}</span>;
  return (
    <span
      className={cx('text-small font-medium whitespace-nowrap tabular-nums', TONES[change.tone], props.className)}
      title={props.before}
    >
      {change.text}
    </span>
  );
}
