import { useId } from 'react';
import type { Paint } from './paint.ts';

/** Ids of the patterns of one chart. */
export interface HatchIds {
  readonly spare: string;
  readonly gap: string;
}

export function useHatchIds(): HatchIds {
  const id = useId().replace(/[^\w-]/g, '');
  return { spare: `spare-${id}`, gap: `gap-${id}` };
}

/** Patterns for unallocated power and for stretches without data. */
export function Hatches({ ids }: { readonly ids: HatchIds }) {
  return (
    <defs>
      <pattern id={ids.spare} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="5" height="5" fill="var(--power-unallocated)" opacity=".55" />
        <rect width="1.6" height="5" fill="var(--hatch)" />
      </pattern>
      <pattern id={ids.gap} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" fill="var(--chart-gap)" />
        <rect width="1" height="6" fill="var(--chart-gap-line)" />
      </pattern>
    </defs>
  );
}

export function fillOf(paint: Paint, ids: HatchIds): string {
  return paint.hatched ? `url(#${ids.spare})` : paint.colour;
}
