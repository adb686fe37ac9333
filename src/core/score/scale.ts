/** Where a figure earns no points, and from where on it earns all. Either may be the larger. */
export interface Scale {
  readonly none: number;
  readonly full: number;
}

/** Points from 0 to 100 on the straight line between the two ends, held at both. */
export function pointsOn({ none, full }: Scale, value: number): number {
  const share = (value - none) / (full - none);
  return 100 * Math.min(1, Math.max(0, share));
}

/** A share as people read it, for example `41 %`. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `part ÷ whole`, or null where there is no whole. */
export function shareOf(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
