import type { GroupKind } from './groups.ts';

/** How a series is drawn: a CSS colour, and whether it is hatched. */
export interface Paint {
  readonly colour: string;
  readonly hatched: boolean;
}

const solid = (colour: string): Paint => ({ colour: `var(--${colour})`, hatched: false });

export const OTHER_PAINT = solid('series-other');
export const SYSTEM_PAINT = solid('power-system');
export const UNALLOCATED_PAINT: Paint = { colour: 'var(--power-unallocated)', hatched: true };

const SERIES = Array.from({ length: 8 }, (_, index) => solid(`series-${index + 1}`));

/** Paint of a series: names take the tokens in the order of their rank, our own rows always look the same. */
export function paintOf(kind: GroupKind, rank: number): Paint {
  switch (kind) {
    case 'named':
      return SERIES[rank] ?? OTHER_PAINT;
    case 'storage':
      return solid('series-8');
    case 'other':
      return OTHER_PAINT;
    case 'system':
      return SYSTEM_PAINT;
    case 'unallocated':
      return UNALLOCATED_PAINT;
  }
}
