import { cx } from './class-names.ts';

/**
 * A table cell's bar with the low–high line over it. `max` is the largest high of the column, so that all rows share
 * one scale. `label` reads "2.43, between 2.00 and 2.94". Null values are hatched, never drawn as zero.
 */
export function WhiskerBar(props: {
  value: number | null;
  low: number | null;
  high: number | null;
  max: number;
  label: string;
  /** CSS colour of the bar. */
  colour?: string;
  className?: string;
}) {
  const { value, low, high, max } = props;
  const box = cx('relative inline-block h-4 align-middle', props.className ?? 'w-26');
  if (value === null || !(max > 0)) {
    return <span role="img" aria-label={props.label} className={cx(box, 'hatch-gap rounded-1 opacity-80')} />;
  }
  const part = (amount: number) => `${Math.min(100, Math.max(0, (amount / max) * 100))}%`;
  const colour = props.colour ?? 'var(--series-1)';
  return (
    <span role="img" aria-label={props.label} className={box}>
      <span
        className="absolute left-0 top-1 h-2 rounded-[1px]"
        style={{ width: part(value), background: `color-mix(in srgb, ${colour} 42%, transparent)` }}
      />
      {low !== null && high !== null && (
        <span
          className="absolute top-1 h-2 border-x-[1.5px] border-fg-1"
          style={{ left: part(low), width: part(high - low) }}
        >
          <span className="absolute inset-x-0 top-[3px] h-0.5 bg-fg-1 opacity-70" />
        </span>
      )}
    </span>
  );
}
