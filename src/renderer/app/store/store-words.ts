import type { StoreStatus } from '../../../contract/schemas/store.ts';
import { formatCount } from '../../format/digits.ts';
import { formatAge, formatClock, toMilliseconds } from '../../format/time.ts';
import type { Status } from '../../ui/StatusDot.tsx';

const KINDS: Record<StoreStatus['kind'], string> = {
  sqlite: 'SQLite',
  postgres: 'PostgreSQL',
  elasticsearch: 'Elasticsearch',
};
export const kindName = (kind: StoreStatus['kind']): string => KINDS[kind];

export const STORE_STATUS: Record<StoreStatus['state'], Status> = {
  up: 'healthy',
  away: 'attention',
  'read-only': 'off',
  recovered: 'healthy',
};

/** `Connected`, `Away since 14:02`, `Read-only`, `Recovered at 09:12`. */
export function stateWords(status: Pick<StoreStatus, 'state' | 'since'>, now: number, tz: string): string {
  switch (status.state) {
    case 'up':
      return 'Connected';
    case 'away':
      return `Away since ${momentWords(status.since, now, tz)}`;
    case 'read-only':
      return 'Read-only';
    case 'recovered':
      return `Recovered, ${momentWords(status.since, now, tz)}`;
  }
}

/** A moment as a clock, with its date where that is another day. */
export function momentWords(at: string, now: number, tz: string): string {
  // An age of over an hour is written as a moment: with its date on another day.
  return now - toMilliseconds(at) < 3_600_000 ? formatClock(at, tz) : formatAge(at, now, tz);
}

/** `12 windows wait on this machine, the oldest from 14:05. They are delivered when it is back.`; null where none waits. */
export function waitingWords({ spool }: Pick<StoreStatus, 'spool'>, now: number, tz: string): string | null {
  if (spool.windows === 0) return null;
  const count = spool.windows === 1 ? '1 window waits' : `${formatCount(spool.windows)} windows wait`;
  const oldest = spool.oldest === null ? '' : `, the oldest from ${momentWords(spool.oldest, now, tz)}`;
  return `${count} on this machine${oldest}. They are delivered when it is back.`;
}

/** `within seconds`, `at 14:31`; a count-down would be read out every second. */
export function nextTryWords(at: string | null, now: number, tz: string): string | null {
  if (at === null) return null;
  return toMilliseconds(at) - now < 60_000 ? 'within a minute' : `at ${formatClock(at, tz)}`;
}

/** A sentence ends with a full stop, whatever the store's own words end with. */
export const sentence = (words: string): string => (/[.!?…]$/.test(words.trim()) ? words.trim() : `${words.trim()}.`);
