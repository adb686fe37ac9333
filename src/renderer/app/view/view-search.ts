import * as z from 'zod';
import { Instant, Last, Metric, TimeZone } from '../../../contract/schemas/primitives.ts';

const Flag = z.enum(['0', '1']);

/**
 * What every page keeps in its address. A part that can't be read falls back to its default, so an old or mistyped
 * link still opens. Pages add their own keys (see `useSearchState`).
 */
export const ViewSearch = z.looseObject({
  cluster: z.string().min(1).max(253).optional().catch(undefined),
  last: Last.optional().catch(undefined),
  start: Instant.optional().catch(undefined),
  end: Instant.optional().catch(undefined),
  tz: TimeZone.optional().catch(undefined),
  compare: Flag.optional().catch(undefined),
  metric: Metric.optional().catch(undefined),
});
export type ViewSearch = z.infer<typeof ViewSearch>;

export type ViewRange =
  | { readonly kind: 'last'; readonly last: string }
  | { readonly kind: 'between'; readonly start: string; readonly end: string };

export const DEFAULT_LAST = '7d';

/** The range that an address means: both ends, or a length that ends now, or seven days. */
export function rangeOf(search: ViewSearch): ViewRange {
  if (search.start !== undefined && search.end !== undefined && Date.parse(search.start) < Date.parse(search.end)) {
    return { kind: 'between', start: search.start, end: search.end };
  }
  return { kind: 'last', last: search.last ?? DEFAULT_LAST };
}
