import { cx } from './class-names.ts';

/** The range of one figure as a line with caps and a disc at the figure; the words of the range stand beside it. */
export function RangeBar(props: { low: number; value: number; high: number; className?: string }) {
  // The track runs from zero to a fifth above the high bound, so that a wide range looks wide.
  const scale = Math.max(props.high, props.value) * 1.2;
  if (!(scale > 0)) return null;
  const at = (value: number) => `${(Math.max(0, value) / scale) * 100}%`;
  return (
    <span aria-hidden="true" className={cx('relative block h-3 shrink-0', props.className ?? 'w-21')}>
      <span className="absolute inset-x-0 top-[5px] h-0.5 rounded-full bg-line" />
      <span
        className="absolute top-[2px] h-2 border-x-[1.5px] border-fg-3"
        style={{ left: at(props.low), width: `${((props.high - props.low) / scale) * 100}%` }}
      >
        <span className="absolute inset-x-0 top-[3px] h-0.5 bg-fg-3" />
      </span>
      <span
        className="absolute top-[2px] -ml-1 size-2 rounded-full bg-fg-1 ring-2 ring-surface-1"
        style={{ left: at(props.value) }}
      />
    </span>
  );
}
