import type * as z from 'zod';
import type { RecommendationDetail } from '../../../contract/schemas/recommendations.ts';
import { formatDate } from '../../format/time.ts';
import { outcomeWords } from './words.ts';

export type Detail = z.infer<typeof RecommendationDetail>;

export interface Step {
  readonly name: string;
  readonly state: 'done' | 'now' | 'ahead';
  readonly note: string;
}

/** Days that are compared before and after. */
export const VERIFYING_DAYS = 7;

type Life = Pick<Detail, 'status' | 'found_at' | 'applied_at' | 'applied_by' | 'verification' | 'ignored_until'>;

/** Open, applied, verifying, verified: where it stands, with the dates that are known. */
export function stepsOf(item: Life, tz: string): readonly Step[] {
  const { verification, applied_at } = item;
  const isMeasured = verification !== null && verification.outcome !== 'waiting';
  const isOver = isMeasured || item.status === 'verified' || item.status === 'regressed';
  const at = isOver ? 3 : applied_at !== null ? 2 : 0;
  const state = (index: number): Step['state'] => (index < at ? 'done' : index === at ? 'now' : 'ahead');
  return [
    { name: 'Open', state: state(0), note: `since ${formatDate(item.found_at, tz)}` },
    {
      name: 'Applied',
      state: state(1),
      note: applied_at === null ? '' : `${formatDate(applied_at, tz)}${item.applied_by === 'watched' ? ', seen' : ''}`,
    },
    {
      name: 'Verifying',
      state: state(2),
      note:
        at === 2 && applied_at !== null
          ? `until ${until(applied_at, tz)}`
          : isOver && !isMeasured
            ? 'not whole'
            : `${VERIFYING_DAYS} days`,
    },
    {
      name: item.status === 'regressed' ? 'Regressed' : 'Verified',
      state: state(3),
      note: isMeasured
        ? `${formatDate(verification.measured_at, tz)}, ${outcomeWords(item)}`
        : isOver
          ? outcomeWords(item)
          : '',
    },
  ];
}

const until = (appliedAt: string, tz: string): string =>
  formatDate(Date.parse(appliedAt) + VERIFYING_DAYS * 86_400_000, tz);

/** `Snoozed until 21 Dec: after the release` and the like; null where no person said no. */
export function ignoredWords(
  item: Pick<Detail, 'status' | 'ignore_reason' | 'ignored_until'>,
  tz: string,
): string | null {
  if (item.status !== 'ignored') return null;
  const what =
    item.ignored_until === null ? 'Dismissed for ever' : `Snoozed until ${formatDate(item.ignored_until, tz)}`;
  return item.ignore_reason === null || item.ignore_reason === '' ? what : `${what}: ${item.ignore_reason}`;
}

const STATUS_WORDS: Readonly<Record<Detail['status'], string>> = {
  active: 'Open',
  ignored: 'Ignored',
  applied: 'Applied',
  verified: 'Verified',
  regressed: 'Regressed',
  stale: 'No longer found',
};

export const historyWords = ({ status, reason }: Detail['history'][number]): string =>
  reason === null || reason === '' ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}: ${reason}`;
