import { pointsOn, type Scale } from './scale.ts';
import { noData, type Outcome, type ScoreScope } from './scope.ts';

/** Intensity at the hours of work over the plain mean of the hours; work without regard to the grid is at 1, 50 points. */
const TIMING_SCALE: Scale = { none: 1.2, full: 0.8 };

/** Where the cleanest and the dirtiest hour differ by less, there is nothing to choose between. */
const LEAST_SPREAD = 0.05;

/**
 * Whether work is done when the grid is clean: mean intensity weighted by dynamic energy (idle power can't be moved)
 * over the plain mean of the same hours, both by the cluster's intensity of each hour.
 */
export function rateCarbonAware({ workloads, cluster, thresholds }: ScoreScope): Outcome {
  const known = [...cluster.gramsPerKwhByHour].filter((each) => !Number.isNaN(each));
  if (known.length < thresholds.minHours)
    return noData(`Fewer than ${thresholds.minHours} hours have a grid intensity.`, { hours: known.length });
  const mean = known.reduce((sum, each) => sum + each, 0) / known.length;
  const spread = mean > 0 ? (Math.max(...known) - Math.min(...known)) / mean : 0;
  const figures = { hours: known.length, plain_mean_grams_per_kwh: mean };
  if (spread < LEAST_SPREAD) return noData('The intensity of this grid is not known hour by hour.', figures);
  const joules = workloads.reduce((sum, each) => sum + each.dynamicJoulesWithIntensity, 0);
  if (joules <= 0) return noData('No pod did any work.', figures);
  const atWork = workloads.reduce((sum, each) => sum + each.dynamicIntensityJoules, 0) / joules;
  const ratio = atWork / mean;
  return {
    score: pointsOn(TIMING_SCALE, ratio),
    figures: { ...figures, at_work_grams_per_kwh: atWork, ratio },
    note: `Work is done at ${Math.round(atWork)} g CO2e/kWh, where the plain mean of the hours is ${Math.round(mean)}.`,
    how: 'Move jobs that can wait to the clean hours of the grid.',
  };
}
