import { GRID_STEPS, gridStep } from '../../charts/grid-steps.ts';

/** The ramp of grid intensity with the step of this figure raised; the figure itself stands above in words. */
export function GridScale({ intensity }: { readonly intensity: number }) {
  const own = gridStep(intensity);
  return (
    <span aria-hidden="true" className="flex h-3 items-center gap-px">
      {Array.from({ length: GRID_STEPS.length + 1 }, (_, step) => step).map((step) => (
        <i
          key={step}
          className={`w-2 rounded-[1px] ${step === own ? 'h-3 outline-1 outline-fg-1' : 'h-1.5'}`}
          style={{ background: `var(--grid-${step + 1})` }}
        />
      ))}
    </span>
  );
}
