import type { estypes } from '@elastic/elasticsearch';
import type { Requests, SearchBody } from './requests.ts';
import { type Aggregations, type Bucket, bucketsIn } from './sum-aggregations.ts';

export interface CompositeQuestion {
  readonly indices: readonly string[];
  readonly query: NonNullable<SearchBody['query']>;
  /** Keyword fields that make a group. */
  readonly fields: readonly string[];
  /** Hours of a date field, before the fields: groups come by hour. */
  readonly hoursOf?: string;
  readonly aggregations: Aggregations;
  /** Groups a page. */
  readonly size: number;
}

/** Every group that has documents, page by page: exact, however many shards hold parts of a group. */
export async function* compositePages(
  requests: Requests,
  { indices, query, fields, hoursOf, aggregations, size }: CompositeQuestion,
  signal?: AbortSignal,
): AsyncGenerator<readonly Bucket[]> {
  const sources = [
    ...(hoursOf === undefined ? [] : [{ [hoursOf]: { date_histogram: { field: hoursOf, fixed_interval: '1h' } } }]),
    ...fields.map((field) => ({ [field]: { terms: { field } } })),
  ];
  let after: estypes.AggregationsCompositeAggregateKey | undefined;
  for (;;) {
    const composite = { size, sources, ...(after === undefined ? {} : { after }) };
    const groups = { composite, ...(Object.keys(aggregations).length === 0 ? {} : { aggregations }) };
    const answer = await requests.search(
      indices,
      { size: 0, track_total_hits: false, query, aggregations: { groups } },
      signal,
    );
    const buckets = bucketsIn(answer.aggregations, 'groups');
    if (buckets.length > 0) yield buckets;
    if (buckets.length < size) return;
    after = keyOf(buckets.at(-1));
  }
}

/** The names that make the group of a bucket. */
export function keyOf(bucket: Bucket | undefined): Record<string, string> {
  const key = bucket?.['key'];
  if (typeof key !== 'object' || key === null) throw new TypeError('a group has no key');
  return key as Record<string, string>;
}
