import type { Paint } from './paint.ts';

/** The square that names a series: solid, or hatched for what nobody asked for. */
export function Swatch({ paint }: { readonly paint: Paint }) {
  return (
    <i
      aria-hidden="true"
      className={`inline-block size-2.5 flex-none rounded-[2px] ${paint.hatched ? 'hatch' : ''}`}
      style={paint.hatched ? undefined : { background: paint.colour }}
    />
  );
}

/** The dashed line of the period before. */
export function GhostSwatch() {
  return (
    <i
      aria-hidden="true"
      className="inline-block w-3.5 flex-none border-t-[1.5px] border-dashed border-(--chart-ghost)"
    />
  );
}

/** The hatch of a stretch without data. */
export function GapSwatch() {
  return (
    <i
      aria-hidden="true"
      className="hatch-gap inline-block size-2.5 flex-none rounded-[2px] shadow-[inset_0_0_0_1px_var(--chart-gap-line)]"
    />
  );
}
