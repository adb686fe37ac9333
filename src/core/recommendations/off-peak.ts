import { SECONDS_PER_HOUR } from '../units.ts';
import { type AnalysisContext, hourlySeries, leaveOut } from './analysis-context.ts';
import { confidenceOf } from './confidence.ts';
import type { Draft, SleepPeriod } from './draft.ts';
import { switchedOff } from './effect.ts';
import { isTimeZone, type LocalHour } from './local-hours.ts';
import { hoursOfPeriod, isIn, quietPeriods } from './off-peak-hours.ts';
import { doubtsOf, hasHistory } from './rightsizing.ts';
import { isBelow, maximum } from './statistics.ts';
import { canScale, type WorkloadCase } from './workload-case.ts';

const TYPE = 'OFF_PEAK_SCALING';

/**
 * Hours of the day, in the zone of the settings, in which CPU use is below the share of the busiest hour (exactly at it:
 * in use) on most days, for at least so many hours in a row. Nothing where an autoscaler decides on replicas.
 */
export function offPeak(context: AnalysisContext, workload: WorkloadCase, local: readonly LocalHour[]): Draft | null {
  const { thresholds } = context.input;
  const { usage, spec } = workload;
  if (!canScale(spec.kind) || !hasHistory(context, workload)) return null;
  const used = usage.column('cpuUsageMillicoreSeconds');
  const peak = maximum(usage.known('cpuUsageMillicoreSeconds'));
  if (!(peak > 0)) return null;
  const isQuiet = (hour: number) => {
    const value = used[hour] ?? Number.NaN;
    return Number.isNaN(value) ? null : isBelow(value, thresholds.offPeakShare * peak);
  };
  const periods = quietPeriods(local, isQuiet, thresholds.offPeakMinHours);
  if (periods.length === 0) return null;
  if (workload.horizontal !== null) {
    return leaveOut(
      context,
      TYPE,
      workload.target,
      'A horizontal autoscaler decides on its replicas; let that go to fewer',
    );
  }
  return draftOf(context, workload, { periods, local, peak, isQuiet });
}

interface Found {
  readonly periods: readonly SleepPeriod[];
  readonly local: readonly LocalHour[];
  readonly peak: number;
  readonly isQuiet: (hour: number) => boolean | null;
}

function draftOf(context: AnalysisContext, workload: WorkloadCase, found: Found): Draft {
  const { periods, local, peak, isQuiet } = found;
  const { usage, pods, spec } = workload;
  const { thresholds } = context.input;
  const timeZone = isTimeZone(thresholds.timeZone) ? thresholds.timeZone : 'UTC';
  // On a day on which it worked then, nothing is promised.
  const isOff = local.map((hour, index) => isQuiet(index) === true && periods.some((period) => isIn(period, hour)));
  const peakCores = peak / SECONDS_PER_HOUR / 1000;
  const words = periods.map(sayPeriod).join(' and ');
  const perWeek = periods.reduce((sum, each) => sum + hoursOfPeriod(each) * (each.days === 'weekdays' ? 5 : 2), 0);
  return {
    type: TYPE,
    title: `Sleep ${words}`,
    reason: `On most days its use was below ${Math.round(thresholds.offPeakShare * 100)} % of the busiest hour then (${timeZone}): ${perWeek} hours a week.`,
    confidence: confidenceOf({
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
      hasPeaks: true,
      isStable: true,
      doubts: doubtsOf(context),
    }),
    risk: spec.kind === 'StatefulSet' ? 'high' : 'medium',
    atLeast: 'low',
    current: { replicas: pods, cpu_usage_max: peakCores * 1000 },
    recommended: { off_peak_replicas: 0, off_peak: words, off_peak_hours_per_week: perWeek, time_zone: timeZone },
    evidence: {
      series: [
        hourlySeries(
          context,
          'CPU of all pods',
          'cores',
          usage.series('cpuUsageMillicoreSeconds', 1 / SECONDS_PER_HOUR / 1000),
        ),
      ],
      lines: [
        {
          kind: 'threshold',
          label: `${Math.round(thresholds.offPeakShare * 100)} % of the busiest hour`,
          value: peakCores * thresholds.offPeakShare,
        },
        { kind: 'maximum', label: 'Busiest hour', value: peakCores },
      ],
      figures: { off_peak: words, time_zone: timeZone, hours_per_week: perWeek, max_cores: peakCores },
      hoursObserved: usage.observed,
      hoursPossible: context.hours,
    },
    effect: switchedOff((hour) => (isOff[hour] === true ? 1 : 0)),
    needsNodeToGo: false,
    freedCpuMillicores: (workload.podCpuMillicores * pods * perWeek) / 168,
    freedMemoryBytes: (workload.podMemoryBytes * pods * perWeek) / 168,
    edits: [],
    deed: { kind: 'sleep', periods, timeZone },
    cautions: [
      'Kubernetes has no timetable for replicas: the annotation works where kube-downscaler runs; else run the two scale commands by a CronJob or pipeline at these hours.',
      'Whatever calls it at these hours fails until it is awake.',
      ...(spec.kind === 'StatefulSet' ? ['It keeps data: try that it starts cleanly first.'] : []),
    ],
  };
}

function sayPeriod(period: SleepPeriod): string {
  const { days, fromHour, toHour } = period;
  if (hoursOfPeriod(period) === 24) return `all day on ${days}`;
  return `${clock(fromHour)}–${clock(toHour)} on ${days}`;
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}
