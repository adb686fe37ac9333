import { pointsOn, type Scale, shareOf } from './scale.ts';
import { noData, type Outcome, type ScoreScope } from './scope.ts';

/**
 * g CO2e/kWh. Grids of hydro, nuclear and wind power (Sweden, Norway, France) are near or below 50; grids of coal
 * (Poland, India, South Africa) near or above 700; the world's mean of 475 earns 35 points.
 */
const INTENSITY_SCALE: Scale = { none: 700, full: 50 };

/** How clean the electricity is that is used: mean intensity weighted by energy, on a fixed scale. */
export function rateCarbon({ namespace, workloads, cluster }: ScoreScope): Outcome {
  const sums =
    namespace === null
      ? cluster
      : workloads.reduce(
          (sum, each) => ({
            joules: sum.joules + each.joules,
            intensityJoules: sum.intensityJoules + each.intensityJoules,
          }),
          { joules: 0, intensityJoules: 0 },
        );
  const gramsPerKwh = shareOf(sums.intensityJoules, sums.joules);
  if (gramsPerKwh === null) return noData('No energy was counted.', { grid_intensity_grams_per_kwh: null });
  return {
    score: pointsOn(INTENSITY_SCALE, gramsPerKwh),
    figures: { grid_intensity_grams_per_kwh: gramsPerKwh },
    note: `The electricity used had ${Math.round(gramsPerKwh)} g CO2e/kWh on average.`,
    how: `Run in a region with a cleaner grid: ${INTENSITY_SCALE.full} g CO2e/kWh and less earn all points.`,
  };
}
