import { cx } from './class-names.ts';

/** The colour of a series beside its name. `kind` draws hatched (unallocated), gap and ghost signs. */
export function Swatch({ colour, kind = 'solid' }: { colour?: string; kind?: 'solid' | 'hatch' | 'gap' | 'ghost' }) {
  if (kind === 'ghost') {
    return (
      <span aria-hidden="true" className="inline-block w-3.5 shrink-0 border-t-[1.5px] border-dashed border-fg-2" />
    );
  }
  return (
    <span
      aria-hidden="true"
      className={cx(
        'inline-block size-2.5 shrink-0 rounded-[2px]',
        kind === 'hatch' && 'hatch',
        kind === 'gap' && 'hatch-gap ring-1 ring-inset ring-line-strong',
      )}
      style={kind === 'solid' ? { background: colour } : undefined}
    />
  );
}
