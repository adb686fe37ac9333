/** Fixed steps of grid intensity, g CO2e/kWh, so that zones and months compare. */
export const GRID_STEPS: readonly number[] = [50, 100, 200, 300, 450, 650];

/** Step of an intensity, 0 (cleanest) to 6. */
export function gridStep(intensity: number): number {
  const step = GRID_STEPS.findIndex((limit) => intensity < limit);
  return step < 0 ? GRID_STEPS.length : step;
}

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
