import type { SavingsSums } from '../../../core/ports/recommendation-store.ts';
import { SAVINGS_DAYS } from '../../sql/recommendations/record-tables.ts';
import { compositePages, keyOf } from '../composite-pages.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { type Aggregations, valueIn } from '../sum-aggregations.ts';
import { familyName } from './document-places.ts';
import { lacks } from './find-records.ts';

type Sums = SavingsSums & { readonly key: string | null };
type Growing = { -readonly [Field in keyof Sums]: Sums[Field] };

const PAGE = 1000;
const SUMS = {
  promisedCo2eGrams: 'promised_co2e_grams',
  promisedCost: 'promised_cost',
  measuredCo2eGrams: 'co2e_saved_grams',
  measuredCost: 'cost_saved',
} as const;
const FIELDS = Object.keys(SUMS) as readonly (keyof typeof SUMS)[];
const AGGREGATIONS: Aggregations = Object.fromEntries(FIELDS.map((name) => [name, { sum: { field: SUMS[name] } }]));

/** Sums of the savings ledger. The cluster adds up by recommendation, so that their number is exact. */
export async function savingsSums(
  { requests, names }: Store,
  conditions: readonly Query[],
  by: 'type' | 'namespace' | null,
): Promise<readonly Sums[]> {
  const groups = new Map<string | null, Growing>();
  const groupOf = (key: string | null): Growing => {
    const known = groups.get(key) ?? {
      key,
      promisedCo2eGrams: 0,
      promisedCost: 0,
      measuredCo2eGrams: 0,
      measuredCost: 0,
      count: 0,
    };
    groups.set(key, known);
    return known;
  };
  const add = async (fields: readonly string[], more: readonly Query[]): Promise<void> => {
    const query: Query = { bool: { filter: [...conditions, ...more] } };
    const indices = [names.all(familyName(SAVINGS_DAYS))];
    const question = { indices, query, fields, aggregations: AGGREGATIONS, size: PAGE };
    for await (const page of compositePages(requests, question)) {
      for (const bucket of page) {
        const group = groupOf(by === null ? null : (keyOf(bucket)[by] ?? null));
        group.count += 1;
        for (const name of FIELDS) group[name] += valueIn(bucket, name);
      }
    }
  };
  if (by === null) groupOf(null);
  // Groups are made of what has the field: what has none is a question of its own, and comes first.
  if (by === 'namespace') await add(['recommendation_id'], [lacks(by)]);
  await add(by === null ? ['recommendation_id'] : [by, 'recommendation_id'], []);
  return [...groups.values()];
}
