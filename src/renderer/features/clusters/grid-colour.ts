const STEPS: readonly number[] = [50, 100, 200, 300, 450, 650];

/** Colour of a grid intensity (g CO2e/kWh): fixed steps, so that zones compare. */
export function gridColour(gramsPerKwh: number): string {
  const step = STEPS.findIndex((limit) => gramsPerKwh < limit);
  return `var(--grid-${step === -1 ? STEPS.length + 1 : step + 1})`;
}
