import type * as z from 'zod';
import type { ThresholdSettings, ThresholdSettingsInput } from '../../../../contract/schemas/recommendations.ts';

export type Thresholds = z.infer<typeof ThresholdSettings>;
type Changes = z.infer<typeof ThresholdSettingsInput>;
export type Field = Exclude<keyof Thresholds, 'include_system_namespaces'>;

/** One threshold: how it is written, and what it may be (in the unit that is typed). */
export interface FieldInfo {
  readonly name: string;
  readonly about: string;
  readonly suffix: string;
  /** Value of the setting for one typed unit: 0.01 for percent. */
  readonly size: number;
  readonly least: number;
  readonly most: number;
  readonly isWhole?: boolean;
  readonly usual: number;
}

const MEBIBYTE = 2 ** 20;

export const FIELDS: Readonly<Record<Field, FieldInfo>> = {
  look_back_days: {
    name: 'Look back',
    about: 'Days of use that an analysis goes by. A week has every weekday once.',
    suffix: 'days',
    size: 1,
    least: 1,
    most: 31,
    isWhole: true,
    usual: 7,
  },
  rightsizing_share: {
    name: 'Request too large below',
    about: 'Use over request. CPU goes by the 95th percentile, memory by the maximum.',
    suffix: '% used',
    size: 0.01,
    least: 1,
    most: 99,
    usual: 30,
  },
  headroom: {
    name: 'Headroom',
    about: 'The proposed request is the need times this.',
    suffix: 'times',
    size: 1,
    least: 1,
    most: 5,
    usual: 1.2,
  },
  cpu_floor_millicores: {
    name: 'Least CPU request',
    about: 'Nothing smaller is proposed.',
    suffix: 'millicores',
    size: 1,
    least: 1,
    most: 10_000,
    usual: 10,
  },
  memory_floor_bytes: {
    name: 'Least memory request',
    about: 'Nothing smaller is proposed.',
    suffix: 'MiB',
    size: MEBIBYTE,
    least: 1,
    most: 900_000,
    usual: 16,
  },
  autoscaling_variation: {
    name: 'Autoscaling from a variation of',
    about: 'Standard deviation over mean of the use, over at least a day.',
    suffix: 'times the mean',
    size: 1,
    least: 0.01,
    most: 10,
    usual: 0.7,
  },
  autoscaling_spike: {
    name: 'and from a peak of',
    about: 'Peak over mean of the use.',
    suffix: 'times the mean',
    size: 1,
    least: 1.01,
    most: 100,
    usual: 3,
  },
  off_peak_share: {
    name: 'Off-peak below',
    about: 'Use over the peak of the week, hour by hour on the clocks of the chosen zone.',
    suffix: '% of the peak',
    size: 0.01,
    least: 1,
    most: 99,
    usual: 5,
  },
  off_peak_min_hours: {
    name: 'for at least',
    about: 'Shorter quiet times are not worth a schedule.',
    suffix: 'hours',
    size: 1,
    least: 1,
    most: 23,
    isWhole: true,
    usual: 4,
  },
  carbon_aware_ratio: {
    name: 'Dirty hours from',
    about: 'Intensity of the grid while it runs, over the mean of the zone.',
    suffix: 'times the mean',
    size: 1,
    least: 1.01,
    most: 10,
    usual: 1.5,
  },
  node_share: {
    name: 'Node hardly used below',
    about: 'Use over what pods can have of a node.',
    suffix: '% used',
    size: 0.01,
    least: 1,
    most: 99,
    usual: 20,
  },
  idle_pod_watts: {
    name: 'Idle pod below',
    about: 'Mean power of what it does, over the whole time looked back.',
    suffix: 'W',
    size: 1,
    least: 0.001,
    most: 1000,
    usual: 0.05,
  },
  idle_namespace_watts: {
    name: 'Idle namespace below',
    about: 'The same for all pods of a namespace together.',
    suffix: 'W',
    size: 1,
    least: 0.001,
    most: 1000,
    usual: 0.25,
  },
};

export const GROUPS: readonly { readonly title: string; readonly fields: readonly Field[] }[] = [
  {
    title: 'Requests',
    fields: ['look_back_days', 'rightsizing_share', 'headroom', 'cpu_floor_millicores', 'memory_floor_bytes'],
  },
  {
    title: 'Scaling and hours',
    fields: [
      'autoscaling_variation',
      'autoscaling_spike',
      'off_peak_share',
      'off_peak_min_hours',
      'carbon_aware_ratio',
    ],
  },
  { title: 'Idleness and nodes', fields: ['idle_pod_watts', 'idle_namespace_watts', 'node_share'] },
];
export const ALL_FIELDS: readonly Field[] = GROUPS.flatMap(({ fields }) => fields);

/** What a person types: text until it is saved. */
export interface ThresholdsDraft {
  readonly texts: Readonly<Record<Field, string>>;
  readonly includeSystem: boolean;
}

/** 0.07 / 0.01 is 7.000000000000001: what is typed has at most nine digits. */
const plain = (value: number): string => String(Number(value.toPrecision(9)));

const textsBy = (of: (field: Field) => string): Record<Field, string> =>
  Object.fromEntries(ALL_FIELDS.map((field) => [field, of(field)])) as Record<Field, string>;

export const draftOf = (settings: Thresholds): ThresholdsDraft => ({
  texts: textsBy((field) => plain(settings[field] / FIELDS[field].size)),
  includeSystem: settings.include_system_namespaces,
});

export const usualDraft: ThresholdsDraft = {
  texts: textsBy((field) => plain(FIELDS[field].usual)),
  includeSystem: false,
};

/** `1,000` is a thousand to some and one to others: neither is guessed. */
const AMBIGUOUS = /^[1-9]\d{0,2}(?:,\d{3})+$/;

const typed = (text: string): number => {
  const words = text.trim();
  return words === '' || AMBIGUOUS.test(words) ? Number.NaN : Number(words.replace(',', '.'));
};

export function problemsOf(draft: ThresholdsDraft): { readonly [F in Field]?: string } {
  const found: { [F in Field]?: string } = {};
  for (const field of ALL_FIELDS) {
    const { least, most, isWhole, suffix } = FIELDS[field];
    const value = typed(draft.texts[field]);
    if (Number.isFinite(value) && value >= least && value <= most && (isWhole !== true || Number.isInteger(value)))
      continue;
    found[field] = `${isWhole === true ? 'A whole number' : 'A number'} from ${least} to ${most} (${suffix})`;
  }
  return found;
}

/** What the draft changes; null where it changes nothing. Only where `problemsOf` found nothing. */
export function changesOf(settings: Thresholds, draft: ThresholdsDraft): Changes | null {
  const before = draftOf(settings);
  const changes: Changes = {};
  for (const field of ALL_FIELDS) {
    const value = typed(draft.texts[field]);
    if (value !== typed(before.texts[field])) changes[field] = Number((value * FIELDS[field].size).toPrecision(12));
  }
  if (draft.includeSystem !== settings.include_system_namespaces)
    changes.include_system_namespaces = draft.includeSystem;
  return Object.keys(changes).length === 0 ? null : changes;
}

export const isSameDraft = (a: ThresholdsDraft, b: ThresholdsDraft): boolean =>
  a.includeSystem === b.includeSystem && ALL_FIELDS.every((field) => typed(a.texts[field]) === typed(b.texts[field]));
