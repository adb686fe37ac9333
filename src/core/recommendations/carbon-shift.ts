import type { HourValue } from '../carbon/clean-hours.ts';
import { dailyStart, delayedSchedule } from '../time-shift/reschedule.ts';
import { LEAST_GAIN } from '../time-shift/shift.ts';
import { type NoShift, type ShiftAdvice, shiftAdvice } from '../time-shift/shift-advice.ts';
import { SECONDS_PER_HOUR } from '../units.ts';
import { type AnalysisContext, leaveOut } from './analysis-context.ts';
import { CARBON_AWARE, carbonDraft, sayClock } from './carbon-draft.ts';
import { type CarbonWork, runHours } from './carbon-work.ts';
import type { Draft } from './draft.ts';
import { type Effect, NO_EFFECT } from './effect.ts';
import { localClock } from './local-hours.ts';
import type { WorkloadCase } from './workload-case.ts';

const DAY_HOURS = 24;

/**
 * Work whose starts are known: the best start before the next one, at most a day later, by METHODOLOGY 1.14. Runs of other
 * starts of the day keep their carbon.
 */
export function carbonShift(
  context: AnalysisContext,
  workload: WorkloadCase,
  work: CarbonWork,
  schedule: string,
): Draft | null {
  const { forecast, nowSeconds, range } = context.input;
  if (forecast === undefined && isFlat(work.known)) return null;
  const history = work.intensity.flatMap((gramsPerKwh, hour): HourValue[] =>
    gramsPerKwh === null ? [] : [{ startSeconds: range.startSeconds + hour * SECONDS_PER_HOUR, gramsPerKwh }],
  );
  const durationHours = runHours(work);
  const advice = shiftAdvice({
    schedule,
    timeZone: work.timeZone,
    nowSeconds,
    durationHours,
    forecast: forecast?.hours ?? [],
    forecastErrorShare: forecast?.errorShare ?? null,
    history,
  });
  if (advice.kind === 'stay') return leaveOut(context, CARBON_AWARE, workload.target, WHY_NOT[advice.reason]);
  const from = localClock(advice.startSeconds, work.timeZone);
  const to = localClock(advice.proposedSeconds, work.timeZone);
  const later = (to.hour - from.hour + DAY_HOURS) % DAY_HOURS;
  return carbonDraft(context, workload, work, {
    title: titleOf(workload, sayClock(from), sayClock(to)),
    reason: reasonOf(advice, sayClock(from), `${sayClock(to)} (${work.timeZone})`),
    hour: to.hour,
    schedule: workload.spec.schedule === null ? null : delayedSchedule(workload.spec.schedule, later),
    runHours: durationHours,
    figures: {
      promised_share: advice.promisedShare,
      realised_share: advice.realisedShare,
      same_start_share: advice.sameDelayShare,
      worse_share: advice.worseShare,
      forecast_error_share: advice.forecastErrorShare,
      forecast_by: advice.by,
      window_hours: advice.windowHours,
      delay_hours: (advice.proposedSeconds - advice.startSeconds) / SECONDS_PER_HOUR,
    },
    effect: effectOf(advice, range.startSeconds),
  });
}

const WHY_NOT: Readonly<Record<NoShift['reason'], string>> = {
  schedule: 'Its schedule is not understood, or has no start soon',
  'no-window': 'Its runs leave no room to wait before the next one',
  'no-data': 'Fewer than two days of the grid are known without a gap',
  'not-worthwhile': 'Waiting gains less than 5 %, less than the forecast errs, or gained nothing on past days',
};

/** No start can gain what is asked for: a yearly value, for example. */
function isFlat(known: readonly number[]): boolean {
  const [lowest, highest] = known.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Number.POSITIVE_INFINITY,
    0,
  ] as readonly [number, number]);
  return highest - lowest <= LEAST_GAIN * highest;
}

/** Of the runs that this start begins: those in the hours up to its deadline. */
function effectOf({ startSeconds, windowHours, savedShare }: ShiftAdvice, rangeStartSeconds: number): Effect {
  const first = Math.floor(rangeStartSeconds / SECONDS_PER_HOUR) - Math.floor(startSeconds / SECONDS_PER_HOUR);
  const of = (share: number) => (hour: number) =>
    (((first + hour) % DAY_HOURS) + DAY_HOURS) % DAY_HOURS < windowHours ? share : 0;
  return {
    ...NO_EFFECT,
    carbon: of(savedShare.central),
    carbonRange: { low: of(savedShare.low), high: of(savedShare.high) },
  };
}

function titleOf({ spec }: WorkloadCase, from: string, to: string): string {
  if (spec.schedule === null) return `Run at ${to}, when the grid is cleaner`;
  return dailyStart(spec.schedule) === null ? `Run at ${to} what starts at ${from}` : `Run at ${to}, not at ${from}`;
}

function reasonOf(advice: ShiftAdvice, from: string, to: string): string {
  const { promisedShare, realisedShare, sameDelayShare, worseShare, by } = advice;
  const source = by === 'forecast' ? 'The forecast promises' : 'By the same hours of the day before,';
  const promise =
    by === 'forecast' ? `${percent(promisedShare)} less carbon` : `a run emits ${percent(promisedShare)} less`;
  const worse = worseShare > 0 ? `${percent(worseShare)} of the starts were made worse` : 'no start was made worse';
  const same =
    percent(sameDelayShare) === percent(realisedShare) ? '' : ` The same start every day: ${percent(sameDelayShare)}.`;
  return `${source} ${promise} at ${to} than at ${from}. Played back over the days seen, such choices saved ${percent(realisedShare)}, and ${worse}.${same}`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
