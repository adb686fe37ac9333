/** Fixed steps of grid intensity, g CO2e/kWh, so that zones and months compare. */
export const GRID_STEPS: readonly number[] = [50, 100, 200, 300, 450, 650];

/** Step of an intensity, 0 (cleanest) to 6. */
export function gridStep(gramsPerKwh: number): number {
  const step = GRID_STEPS.findIndex((limit) => gramsPerKwh < limit);
  return step < 0 ? GRID_STEPS.length : step;
}

/** Colour of an intensity in the ramp. */
export const gridColour = (gramsPerKwh: number): string => `var(--grid-${gridStep(gramsPerKwh) + 1})`;
