import type { Parts } from '../format/parts.ts';
import { cx } from './class-names.ts';

/** A number with its unit smaller and greyer; `exact` is the full value on hover. */
export function Value({ parts, exact, className }: { parts: Parts; exact?: string; className?: string }) {
  return (
    <span className={cx('whitespace-nowrap tabular-nums', className)} title={exact}>
      {parts.value}
      {parts.unit !== '' && <span className="unit">{parts.unit}</span>}
    </span>
  );
}
