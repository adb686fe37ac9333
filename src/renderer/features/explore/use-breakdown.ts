import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { Breakdown, BreakdownInput, BreakdownItem } from '../../../contract/schemas/metrics.ts';
import { useView } from '../../app/view/use-view.ts';
import type { Measure } from '../../charts/measure.ts';
import { trendsByGroup } from '../../figures/trends.ts';
import { rangeSecondsOf, trendGranularityFor } from '../../figures/use-queries.ts';
import { useApi } from '../../rpc/provider.tsx';
import type { ExploreGroup, narrowingOf } from './level.ts';

const PAGE_ROWS = 100;
/** Rows that have a trend; further ones would cost more points than a page may ask for. */
const TREND_ROWS = 40;

interface Question {
  readonly group: ExploreGroup;
  readonly narrowing: ReturnType<typeof narrowingOf>;
  readonly sort: BreakdownInput['sort'];
  readonly order: 'asc' | 'desc';
  readonly search: string | undefined;
  readonly spread: BreakdownInput['spread'] | undefined;
}

/** Rows of a level, page by page, with the total of the whole level. */
export function useBreakdown({ group, narrowing, sort, order, search, spread }: Question) {
  const view = useView();
  const api = useApi();
  const input = {
    ...view.query,
    ...narrowing,
    by: group,
    sort,
    order,
    compare: view.compare,
    ...(search === undefined ? {} : { search }),
    ...(spread === undefined || spread === 'keep' ? {} : { spread }),
  };
  const level = JSON.stringify([group, narrowing, view.query, spread]);
  const shownLevel = useRef('');
  const query = useInfiniteQuery(
    api.metrics.breakdown.infiniteOptions({
      input: (offset: number) => ({ ...input, limit: PAGE_ROWS, offset }),
      initialPageParam: 0,
      getNextPageParam: (last: Breakdown, pages: readonly Breakdown[]) => {
        const loaded = pages.reduce((sum, page) => sum + page.items.length, 0);
        return last.items.length > 0 && loaded < last.total_items ? loaded : undefined;
      },
      // Another order of the same rows may wait for its answer; rows of another level would open the wrong thing.
      placeholderData: (before: { pages: Breakdown[]; pageParams: number[] } | undefined) =>
        shownLevel.current === level ? before : undefined,
    }),
  );
  useEffect(() => {
    if (query.data !== undefined) shownLevel.current = level;
  }, [query.data, level]);
  const items: readonly BreakdownItem[] = useMemo(
    () => query.data?.pages.flatMap((page) => page.items) ?? [],
    [query.data],
  );
  return { query, items, first: query.data?.pages[0], input };
}

/** Trends of the rows with most carbon, by key. */
export function useTrends(group: ExploreGroup, narrowing: Question['narrowing'], measure: Measure, enabled: boolean) {
  const view = useView();
  const api = useApi();
  const granularity = trendGranularityFor(rangeSecondsOf(view));
  const query = useQuery(
    api.metrics.timeseries.queryOptions({
      input: { ...view.query, ...narrowing, group_by: group, top: TREND_ROWS, granularity },
      enabled,
    }),
  );
  return useMemo(
    () => (query.data === undefined ? undefined : trendsByGroup(query.data, measure)),
    [query.data, measure],
  );
}
