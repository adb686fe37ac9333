import type { Retention } from '../../../../contract/schemas/store.ts';

export const LEVELS = ['raw_days', 'pod_hour_days', 'hour_days', 'pod_day_days', 'day_days'] as const;
export type Level = (typeof LEVELS)[number];

/** Days as typed; null: for ever. */
export type RetentionDraft = { readonly [L in Level]: string | null };

/** Questions of up to 48 hours are answered from rows, and late windows come within days. */
export const LEAST_DAYS = 3;
const MOST_DAYS = 36_500;

export const DEFAULTS: Retention = {
  raw_days: 30,
  pod_hour_days: 90,
  hour_days: 400,
  pod_day_days: 400,
  day_days: null,
};

export const LEVEL_NAMES: Record<Level, { readonly name: string; readonly gives: string }> = {
  raw_days: {
    name: 'Windows',
    gives: 'Each pod in each window, as it was collected: charts by minutes, exports row by row.',
  },
  pod_hour_days: { name: 'Pod hours', gives: 'One sum an hour and pod: charts by hour, down to a single pod.' },
  hour_days: {
    name: 'Hours',
    gives: 'One sum an hour and workload, and the facts of nodes: charts by hour, the pages of nodes.',
  },
  pod_day_days: {
    name: 'Pod days',
    gives: 'One sum a day and pod, and which pods there were: tables of pods over long ranges.',
  },
  day_days: { name: 'Days', gives: 'One sum a day and workload: totals, trends and reports over years. Small.' },
};

/** Each level with the coarser ones that it may not outlive. */
const COARSER: Record<Level, readonly Level[]> = {
  raw_days: ['pod_hour_days'],
  pod_hour_days: ['hour_days', 'pod_day_days'],
  hour_days: ['day_days'],
  pod_day_days: ['day_days'],
  day_days: [],
};

export const draftOf = (retention: Retention): RetentionDraft => ({
  raw_days: String(retention.raw_days),
  pod_hour_days: String(retention.pod_hour_days),
  hour_days: String(retention.hour_days),
  pod_day_days: String(retention.pod_day_days),
  day_days: retention.day_days === null ? null : String(retention.day_days),
});

/** Days that are meant; infinite for ever, NaN for what is no whole number. */
export function daysOf(text: string | null): number {
  if (text === null) return Number.POSITIVE_INFINITY;
  return /^\d{1,6}$/.test(text.trim()) ? Number(text.trim()) : Number.NaN;
}

/** What can't be kept so, by level, in words that say what works. */
export function problemsOf(draft: RetentionDraft): { readonly [L in Level]?: string } {
  const found: { [L in Level]?: string } = {};
  for (const level of LEVELS) {
    const days = daysOf(draft[level]);
    if (Number.isNaN(days) || days < LEAST_DAYS) {
      found[level] = `Whole days, at least ${LEAST_DAYS}.`;
    } else if (days !== Number.POSITIVE_INFINITY && days > MOST_DAYS) {
      found[level] = `At most ${MOST_DAYS} days, which is a century.`;
    } else {
      const shorter = COARSER[level].find((coarser) => daysOf(draft[coarser]) < days);
      if (shorter !== undefined) {
        found[level] = `Not longer than ${LEVEL_NAMES[shorter].name.toLowerCase()} (${daysOf(draft[shorter])} days).`;
      }
    }
  }
  return found;
}

/** The draft as the operation takes it; only where `problemsOf` found nothing. */
export const retentionOf = (draft: RetentionDraft): Retention => ({
  raw_days: daysOf(draft.raw_days),
  pod_hour_days: daysOf(draft.pod_hour_days),
  hour_days: daysOf(draft.hour_days),
  pod_day_days: daysOf(draft.pod_day_days),
  day_days: draft.day_days === null ? null : daysOf(draft.day_days),
});

export const isSame = (a: Retention, b: Retention): boolean => LEVELS.every((level) => a[level] === b[level]);
