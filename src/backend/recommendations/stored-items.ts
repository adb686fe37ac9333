import type { RecommendationFilter } from '../../core/ports/recommendation-store.ts';
import type { Recommendation } from '../../model/recommendations/recommendation.ts';
import type { SavingsStore } from './store-port.ts';

const AT_ONCE = 100;

/** A filter that asks for everything of some clusters (none: all). By age: what is written meanwhile does not move the pages. */
export function everythingOf(clusterIds: readonly string[]): RecommendationFilter {
  const all = { statuses: [], types: [], namespace: null, found: null } as const;
  return { clusterIds, ...all, sort: 'newest', limit: AT_ONCE, offset: 0 };
}

type Reader = Pick<SavingsStore, 'recommendations'>;

/** What is stored, page by page; a row carries its evidence, so they are never all at hand. */
export async function* storedPages(
  store: Reader,
  filter: RecommendationFilter,
): AsyncGenerator<readonly Recommendation[], void> {
  for (let offset = 0; ; offset += AT_ONCE) {
    const { items, total } = await store.recommendations({ ...filter, limit: AT_ONCE, offset });
    if (items.length > 0) yield items;
    if (items.length < AT_ONCE || offset + items.length >= total) return;
  }
}

/** Each page of a cluster is read and worked on in one turn of `inTurn`, so that nobody writes in between. */
export async function onEachPage(
  clusterId: string,
  store: Reader,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  work: (page: readonly Recommendation[]) => Promise<void>,
): Promise<void> {
  const filter = everythingOf([clusterId]);
  for (let offset = 0, isMore = true; isMore; offset += AT_ONCE) {
    isMore = await inTurn(async () => {
      const { items } = await store.recommendations({ ...filter, offset });
      await work(items);
      return items.length === AT_ONCE;
    });
  }
}
