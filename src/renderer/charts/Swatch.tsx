import { Swatch } from '../ui/Swatch.tsx';
import type { Paint } from './paint.ts';

/** The square that names a series: solid, or hatched for what nobody asked for. */
export function SeriesSwatch({ paint }: { readonly paint: Paint }) {
  return paint.hatched ? <Swatch kind="hatch" /> : <Swatch colour={paint.colour} />;
}
