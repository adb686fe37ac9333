import { formatAge } from '../format/time.ts';
import type { QueryLike } from './panel-state.tsx';

/** How old an answer is that stays on screen because it could not be renewed; null for a good one or none. */
export function ageOfStale(
  { data, error, dataUpdatedAt }: Omit<QueryLike, 'refetch'>,
  now: number,
  tz: string,
): string | null {
  return data === undefined || error === null || error === undefined ? null : formatAge(dataUpdatedAt, now, tz);
}
