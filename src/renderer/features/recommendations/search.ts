import * as z from 'zod';
import { RecommendationType, Severity } from '../../../contract/schemas/recommendations.ts';

export const Tab = z.enum(['open', 'applied', 'verified', 'snoozed', 'dismissed']);
export type Tab = z.infer<typeof Tab>;
export const SortKey = z.enum(['title', 'where', 'carbon', 'money', 'last']);
export type SortKey = z.infer<typeof SortKey>;
export const Grouping = z.enum(['plan', 'namespace', 'type']);
export type Grouping = z.infer<typeof Grouping>;

/** What of the page stands in its address. A default is left out. */
export const PageSearch = z.object({
  tab: Tab.optional().catch(undefined),
  type: RecommendationType.optional().catch(undefined),
  severity: Severity.optional().catch(undefined),
  namespace: z.string().min(1).max(253).optional().catch(undefined),
  q: z.string().min(1).max(200).optional().catch(undefined),
  group: Grouping.optional().catch(undefined),
  sort: SortKey.optional().catch(undefined),
  order: z.enum(['asc', 'desc']).optional().catch(undefined),
  per: z.enum(['day', 'month']).optional().catch(undefined),
  id: z.string().min(1).max(64).optional().catch(undefined),
  /** `0`: the list alone, without the detail beside it. */
  detail: z.enum(['0']).optional().catch(undefined),
});
export type PageSearch = z.infer<typeof PageSearch>;
export type PagePatch = { readonly [K in keyof PageSearch]?: PageSearch[K] | undefined };

/** What narrows the list, all taken away. */
export const NO_FILTERS: PagePatch = { type: undefined, severity: undefined, namespace: undefined, q: undefined };

export const isFiltered = (search: PageSearch): boolean =>
  search.type !== undefined ||
  search.severity !== undefined ||
  search.namespace !== undefined ||
  search.q !== undefined;
