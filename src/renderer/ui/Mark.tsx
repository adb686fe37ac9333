import type { QualityShares } from '../../contract/schemas/figures.ts';
import { cx } from './class-names.ts';

export type Certainty = 'measured' | 'modelled' | 'default';
/** `person`: somebody set it by hand. */
export type Marked = Certainty | 'person';

export const MARK_NAMES: Record<Marked, string> = {
  measured: 'Measured',
  modelled: 'Modelled',
  default: 'Default',
  person: 'Set by a person',
};
const COLOURS: Record<Marked, string> = {
  measured: 'text-measured',
  modelled: 'text-modelled',
  default: 'text-default',
  person: 'text-fg-2',
};

/** A sum takes the mark of its largest share; null where nothing is known. */
export function certaintyOf(shares: QualityShares): Certainty | null {
  const largest = Math.max(shares.measured, shares.modelled, shares.default);
  if (largest <= 0) return null;
  if (shares.measured === largest) return 'measured';
  return shares.modelled === largest ? 'modelled' : 'default';
}

/** How a figure is known: full disc, half disc, broken ring, head and shoulders. Shape carries the meaning; the name is the label. */
export function Mark({ certainty, className }: { certainty: Marked | null; className?: string }) {
  if (certainty === null) return null;
  return (
    <svg
      viewBox="0 0 12 12"
      role="img"
      aria-label={MARK_NAMES[certainty]}
      className={cx('size-3 shrink-0', COLOURS[certainty], className)}
    >
      <title>{MARK_NAMES[certainty]}</title>
      {certainty === 'measured' && <circle cx="6" cy="6" r="4.5" fill="currentColor" />}
      {certainty === 'modelled' && (
        <>
          <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.25" />
          <path d="M6 2a4 4 0 0 0 0 8z" fill="currentColor" />
        </>
      )}
      {certainty === 'default' && (
        <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" strokeDasharray="2.2 1.99" />
      )}
      {certainty === 'person' && (
        <>
          <circle cx="6" cy="3.75" r="2.25" fill="currentColor" />
          <path d="M1.5 11a4.5 4 0 0 1 9 0z" fill="currentColor" />
        </>
      )}
    </svg>
  );
}
