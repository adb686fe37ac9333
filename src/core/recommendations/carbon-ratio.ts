import { LEAST_GAIN } from '../time-shift/shift.ts';
import { type AnalysisContext, leaveOut } from './analysis-context.ts';
import { CARBON_AWARE, carbonDraft, sayClock } from './carbon-draft.ts';
import { bestHour, worthOfHour } from './carbon-hours.ts';
import type { CarbonWork } from './carbon-work.ts';
import type { Draft } from './draft.ts';
import { NO_EFFECT } from './effect.ts';
import { isBelow } from './statistics.ts';
import type { WorkloadCase } from './workload-case.ts';

/**
 * Work without a known start that ran when the grid was dirty: the energy-weighted mean intensity of its hours over the
 * plain mean of the grid is at or above the threshold. Proposed: the start hour whose usual day is cleanest; the gain is
 * what that hour would have saved on the days that were seen, and its range starts at 0, as no day must be like those.
 */
export function carbonRatio(context: AnalysisContext, workload: WorkloadCase, work: CarbonWork): Draft | null {
  const { own, mean, hours, days, intensity, local, timeZone } = work;
  if (isBelow(own / mean, context.input.thresholds.carbonAwareRatio)) return null;
  const length = Math.max(1, Math.round(hours.length / days));
  const hour = bestHour(intensity, local, length);
  const worth = hour === null ? 0 : worthOfHour(intensity, local, hours, hour, length);
  if (hour === null || worth <= LEAST_GAIN) {
    return leaveOut(context, CARBON_AWARE, workload.target, 'No other hour of the day would have saved more than 5 %');
  }
  const clock = sayClock({ hour, minute: 0 });
  return carbonDraft(context, workload, work, {
    title: `Run at ${clock}, when the grid is cleaner`,
    reason: `At its hours the grid had ${Math.round(own)} g/kWh, ${(own / mean).toFixed(1)} times the mean of ${Math.round(mean)}. On the ${days} days seen, ${clock} (${timeZone}) would have saved ${Math.round(worth * 100)} % of the carbon of its work.`,
    hour,
    schedule: null,
    runHours: length,
    figures: { back_tested_share: worth },
    effect: { ...NO_EFFECT, carbon: () => worth, isSure: false },
  });
}
