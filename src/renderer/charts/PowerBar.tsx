import type { EnergyParts } from '../../contract/schemas/figures.ts';
import { formatPercent } from '../format/change.ts';
import { POWER_PARTS, partShares } from './power.ts';

/** `dynamic 34 %, idle 47 %, …` */
export function sharesText(parts: EnergyParts): string {
  const shares = partShares(parts);
  if (shares === null) return 'no data';
  return POWER_PARTS.map((part, index) => `${part.label.toLowerCase()} ${formatPercent(shares[index])}`).join(', ');
}

interface Props {
  readonly parts: EnergyParts;
  readonly direction: 'row' | 'column';
  /** Length against the longest bar of the same list, 0 to 1. */
  readonly share?: number;
}

/** What power goes to as one bar: from the left, or from the floor up. Decorative: say it in words beside it. */
export function PowerBar({ parts, direction, share = 1 }: Props) {
  const shares = partShares(parts);
  const percent = `${Math.max(0, Math.min(1, share)) * 100}%`;
  const isRow = direction === 'row';
  if (shares === null)
    return <span aria-hidden="true" className={`hatch-gap block rounded-[2px] ${isRow ? 'h-2.5 w-full' : 'h-full'}`} />;
  return (
    <span
      aria-hidden="true"
      className={`flex gap-px overflow-hidden rounded-[2px] ${isRow ? 'h-2.5' : 'w-full flex-col-reverse'}`}
      style={isRow ? { width: percent } : { height: percent }}
    >
      {POWER_PARTS.map((part, index) => (
        <i
          key={part.key}
          className={`${isRow ? 'h-full' : 'w-full'} ${part.paint.hatched ? 'hatch' : ''}`}
          style={{ flex: shares[index] ?? 0, ...(part.paint.hatched ? {} : { background: part.paint.colour }) }}
        />
      ))}
    </span>
  );
}
