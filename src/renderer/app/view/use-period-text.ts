import { formatPeriod } from '../../format/time.ts';
import { useNow } from '../use-now.ts';
import { boundsOf } from './range.ts';
import { useView } from './use-view.ts';

/** The looked-at period in words, with the one before while comparing: for page headers. */
export function usePeriodText(period?: { start: string; end: string }): string {
  const { range, tz, compare } = useView();
  const now = useNow();
  const bounds = boundsOf(range, now);
  const start = period === undefined ? bounds.start : Date.parse(period.start);
  const end = period === undefined ? bounds.end : Date.parse(period.end);
  const text = formatPeriod(start, end, tz);
  return compare ? `${text}, against ${formatPeriod(start - (end - start), start, tz)}` : text;
}
