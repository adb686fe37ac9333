import type { estypes } from '@elastic/elasticsearch';
import type { Sums } from '../../core/ports/results-store.ts';
import type { Level } from '../sql/pieces.ts';
import { SUM_FIELDS } from './row-sums.ts';

export type Aggregations = Record<string, estypes.AggregationsAggregationContainer>;

/** A bucket of an answer, or its whole `aggregations`. */
export type Bucket = Readonly<Record<string, unknown>>;

const IN_ROWS: Aggregations = aggregationsOf('inRows');
const IN_ROLLUPS: Aggregations = aggregationsOf('inRollups');

/** Asks for every sum of a bucket; the names are short because thousands of them come back. */
export function sumAggregations(level: Level): Aggregations {
  return level === 'row' ? IN_ROWS : IN_ROLLUPS;
}

function aggregationsOf(place: 'inRows' | 'inRollups'): Aggregations {
  return Object.fromEntries(SUM_FIELDS.map((sum, index) => [`s${index}`, { sum: { field: sum[place] } }]));
}

/** The name of one sum in answers, and what asks for it alone. */
export function oneSum(field: keyof Sums, level: Level): { readonly name: string; readonly aggregation: Aggregations } {
  const index = SUM_FIELDS.findIndex((sum) => sum.field === field);
  const name = `s${index}`;
  return {
    name,
    aggregation: { [name]: { sum: { field: SUM_FIELDS[index]?.[level === 'row' ? 'inRows' : 'inRollups'] ?? '' } } },
  };
}

/** The sums of a bucket in the order of SUM_FIELDS. */
export function sumsIn(bucket: Bucket): Float64Array {
  return Float64Array.from(SUM_FIELDS, (_, index) => valueIn(bucket, `s${index}`));
}

/** The value of a single-valued aggregation. */
export function valueIn(bucket: Bucket, name: string): number {
  const answer = bucket[name];
  const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : undefined;
  if (typeof value !== 'number') throw new TypeError(`an answer holds no number for ${name}`);
  return value;
}

/** The buckets of a multi-valued aggregation; none where the answer has none, as where no index was there to ask. */
export function bucketsIn(parent: Bucket | undefined, name: string): readonly Bucket[] {
  const answer = parent?.[name];
  if (answer === undefined) return [];
  const buckets = typeof answer === 'object' && answer !== null && 'buckets' in answer ? answer.buckets : undefined;
  if (!Array.isArray(buckets)) throw new TypeError(`an answer holds no buckets for ${name}`);
  return buckets as readonly Bucket[];
}

/** How many documents a bucket holds. */
export function countIn(bucket: Bucket): number {
  const { doc_count: count } = bucket;
  if (typeof count !== 'number') throw new TypeError('a bucket has no count');
  return count;
}

/** Adds to sums in place. */
export function addSums(to: Float64Array, sums: Float64Array): void {
  sums.forEach((value, index) => {
    to[index] = (to[index] ?? 0) + value;
  });
}

/** The value of a single-valued aggregation; null where there was nothing to answer from. */
export function valueOrNullIn(parent: Bucket | undefined, name: string): number | null {
  const answer = parent?.[name];
  const value = typeof answer === 'object' && answer !== null && 'value' in answer ? answer.value : null;
  return typeof value === 'number' ? value : null;
}
