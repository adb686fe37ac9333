import { Failure } from './failure.ts';

/**
 * How long each level of results is kept, in days; null: for ever. Whole closed buckets only, and a coarser total never
 * changes when a finer level goes.
 */
export interface RetentionPolicy {
  /** Rows of windows (`combined_metrics`). */
  readonly rawDays: number;
  /** Hours by pod. */
  readonly podHourDays: number;
  /** Hours by workload and namespace, facts of nodes. */
  readonly hourDays: number;
  /** Days by pod, presence of pods. */
  readonly podDayDays: number;
  /** Days by workload and namespace. */
  readonly dayDays: number | null;
}

/** Defaults of the storage specification. */
export const DEFAULT_RETENTION: RetentionPolicy = {
  rawDays: 30,
  podHourDays: 90,
  hourDays: 400,
  podDayDays: 400,
  dayDays: null,
};

/** Questions of up to 48 hours are answered from rows, and late windows come within days. */
const LEAST_RAW_DAYS = 3;

/** Throws `Failure` bad-input where a finer level would outlive a coarser one, or rows would go too early. */
export function checkRetention(policy: RetentionPolicy): void {
  const { rawDays, podHourDays, hourDays, podDayDays, dayDays } = policy;
  const order: readonly (readonly [string, number, string, number])[] = [
    ['rows', rawDays, 'pod hours', podHourDays],
    ['pod hours', podHourDays, 'hours', hourDays],
    ['pod hours', podHourDays, 'pod days', podDayDays],
    ['hours', hourDays, 'days', dayDays ?? Number.POSITIVE_INFINITY],
    ['pod days', podDayDays, 'days', dayDays ?? Number.POSITIVE_INFINITY],
  ];
  for (const days of [rawDays, podHourDays, hourDays, podDayDays, dayDays ?? LEAST_RAW_DAYS]) {
    if (!Number.isInteger(days) || days < LEAST_RAW_DAYS) {
      throw new Failure('bad-input', `Each level is kept for whole days, at least ${LEAST_RAW_DAYS}`);
    }
  }
  for (const [finer, finerDays, coarser, coarserDays] of order) {
    if (finerDays > coarserDays) {
      throw new Failure(
        'bad-input',
        `${finer} can't be kept longer (${finerDays} days) than ${coarser} (${coarserDays} days)`,
        {
          hint: `Keep ${coarser} for ${finerDays} days or more.`,
        },
      );
    }
  }
}
