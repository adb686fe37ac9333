import type { NamedValues } from '../../model/recommendations/recommendation.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type AnalysisContext, hourlySeries } from './analysis-context.ts';
import type { CarbonWork } from './carbon-work.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft } from './draft.ts';
import type { Effect } from './effect.ts';
import type { WorkloadCase } from './workload-case.ts';

export const CARBON_AWARE = 'CARBON_AWARE_SCHEDULING';
/** Fewer days with runs are less sure. */
const MANY_DAYS = 5;

/** What a better start is, however it was found. */
export interface BetterStart {
  readonly title: string;
  readonly reason: string;
  /** On the clock of the workload. */
  readonly hour: number;
  /** Null: it can't be written as one. */
  readonly schedule: string | null;
  readonly runHours: number;
  readonly figures: NamedValues;
  readonly effect: Effect;
}

export function carbonDraft(
  context: AnalysisContext,
  { usage, spec }: WorkloadCase,
  work: CarbonWork,
  start: BetterStart,
): Draft {
  const { own, mean, timeZone } = work;
  const { schedule } = start;
  return {
    type: CARBON_AWARE,
    title: start.title,
    reason: start.reason,
    // Days of runs are few, and tomorrow's grid isn't last week's.
    confidence: confidenceOf({
      hoursObserved: work.known.length,
      hoursPossible: context.hours,
      hasPeaks: true,
      isStable: work.days >= MANY_DAYS,
      doubts: 1,
    }),
    risk: 'low',
    atLeast: 'low',
    current: { schedule: spec.schedule, time_zone: timeZone, intensity_grams_per_kwh: own },
    recommended: { schedule, start_hour: start.hour, time_zone: timeZone },
    evidence: {
      series: [
        hourlySeries(context, 'Grid', 'gramsPerKwh', work.intensity),
        hourlySeries(context, 'Power of its work', 'watts', usage.series('joulesDynamic', 1 / SECONDS_PER_HOUR)),
      ],
      lines: [{ kind: 'threshold', label: `Mean ${Math.round(mean)} g/kWh`, value: mean }],
      figures: {
        own_grams_per_kwh: own,
        mean_grams_per_kwh: mean,
        ratio: own / mean,
        run_hours: start.runHours,
        days_with_runs: work.days,
        ...start.figures,
      },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: start.effect,
    needsNodeToGo: false,
    freedCpuMillicores: 0,
    freedMemoryBytes: 0,
    edits: [],
    deed: schedule === null ? null : { kind: 'reschedule', schedule },
    cautions: [
      'What waits for its result gets it later.',
      ...(schedule === null ? ['No schedule can be written for it here: set its start where it is started.'] : []),
    ],
  };
}

export function sayClock({ hour, minute }: { readonly hour: number; readonly minute: number }): string {
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
