import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Granularity, GroupBy } from '../../contract/schemas/metrics.ts';
import type { Metric } from '../../contract/schemas/primitives.ts';
import { boundsOf } from '../app/view/range.ts';
import { useView, type View } from '../app/view/use-view.ts';
import { granularityFor } from '../charts/granularity.ts';
import { MEASURES } from '../charts/measure.ts';
import { alignPrevious, distanceWords, isComparable, periodBefore } from '../charts/previous.ts';
import { shapeStack } from '../charts/stack.ts';
import { useApi } from '../rpc/provider.tsx';

/** What narrows a page's figures besides cluster and range. */
export interface Narrowing {
  readonly namespace?: string;
  readonly workload?: string;
  readonly node?: string;
}

/** Groups asked for: more than the five names shown, so that System and Unallocated are among them. */
const GROUPS_ASKED = 10;

/** Length of the view's range in seconds. */
export function rangeSecondsOf(view: View): number {
  const { start, end } = boundsOf(view.range, Date.now());
  return (end - start) / 1000;
}

export function useSummary(narrowing: Narrowing = {}) {
  const view = useView();
  const api = useApi();
  return useQuery(api.metrics.summary.queryOptions({ input: { ...view.query, ...narrowing } }));
}

/** Columns by group over the view's range, with the period before as a ghost where the view compares. */
export function useStack(groupBy: GroupBy, metric: Metric, narrowing: Narrowing = {}) {
  const view = useView();
  const api = useApi();
  const granularity: Granularity = granularityFor(rangeSecondsOf(view));
  const input = { ...view.query, ...narrowing, granularity };
  const series = useQuery(
    api.metrics.timeseries.queryOptions({ input: { ...input, group_by: groupBy, top: GROUPS_ASKED } }),
  );
  const answer = series.data;
  const { last: _last, ...rest } = input;
  const before = useQuery(
    api.metrics.timeseries.queryOptions({
      input: { ...rest, ...(answer === undefined ? {} : periodBefore(answer.period)) },
      enabled: answer !== undefined && view.compare,
    }),
  );
  const beforeAnswer = view.compare ? before.data : undefined;
  const measure = MEASURES[metric];
  const data = useMemo(() => {
    if (answer === undefined) return undefined;
    const previous = beforeAnswer === undefined ? [] : alignPrevious(answer, beforeAnswer, measure);
    return shapeStack(answer, measure, isComparable(answer, previous) ? previous : []);
  }, [answer, beforeAnswer, measure]);
  const hasGhost = data?.buckets.some((bucket) => bucket.previous !== null) === true;
  return {
    series,
    data,
    granularity,
    measure,
    currency: answer?.currency ?? 'EUR',
    ghostLabel: hasGhost && answer !== undefined ? distanceWords(answer.period) : null,
  };
}

/** A coarser cut of the range for trends in table cells: about thirty buckets. */
const TREND_LADDER: readonly (readonly [number, Granularity])[] = [
  [3 * 3600, '5m'],
  [48 * 3600, 'hour'],
  [8 * 86_400, '6h'],
  [45 * 86_400, 'day'],
  [300 * 86_400, 'week'],
];

export function trendGranularityFor(rangeSeconds: number): Granularity {
  return TREND_LADDER.find(([longest]) => rangeSeconds <= longest)?.[1] ?? 'month';
}
