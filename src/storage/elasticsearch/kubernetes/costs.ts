import type { CostAttribution } from '../../../model/kubernetes/objects.ts';
import type { TimeRange } from '../../../model/time.ts';
import {
  COST_SUMS,
  type CostKey,
  type CostSum,
  costSumOf,
  dearestFirst,
  KEY_COLUMNS,
  monthsOf,
} from '../../sql/kubernetes/cost-sums.ts';
import { daysWithin, hoursWithin } from '../../sql/kubernetes/questions.ts';
import { COSTS } from '../../sql/kubernetes/record-tables.ts';
import { ofCluster } from '../clauses.ts';
import { compositePages, keyOf } from '../composite-pages.ts';
import type { Query } from '../requests.ts';
import type { Store } from '../store.ts';
import { type Aggregations, type Bucket, bucketsIn, valueIn } from '../sum-aggregations.ts';
import { familyName } from './document-places.ts';
import { findRecords, is, lacks } from './find-records.ts';

const PAGE = 1000;
const HAS_HOUR: Query = { exists: { field: 'hour' } };

const days = (range: TimeRange): Query[] => {
  const { from, to } = daysWithin(range);
  return [lacks('hour'), { range: { date: { gte: from, lt: to } } }];
};

/** Costs of a namespace in time, oldest first. */
export async function readCosts(
  store: Store,
  namespaceId: string,
  range: TimeRange,
  grain: 'hour' | 'day' | 'month',
  limit: number,
): Promise<readonly CostAttribution[]> {
  const of = is('namespace_id', namespaceId);
  if (grain === 'hour') return readHours(store, of, range, limit);
  const most = grain === 'day' ? limit : Number.POSITIVE_INFINITY;
  const found = await findRecords(store, COSTS, [of, ...days(range)], ['date', 'id'], most);
  return grain === 'day' ? found : monthsOf(found).slice(0, limit);
}

async function readHours(
  store: Store,
  of: Query,
  range: TimeRange,
  limit: number,
): Promise<readonly CostAttribution[]> {
  const { from, to } = hoursWithin(range);
  const conditions = [of, HAS_HOUR, { range: { date: { gte: from[0], lte: to[0] } } }];
  const found = await findRecords(store, COSTS, conditions, ['date', 'hour', 'id']);
  const isIn = ({ date, hour }: CostAttribution): boolean =>
    (date > from[0] || (hour ?? 0) >= from[1]) && (date < to[0] || (hour ?? 0) < to[1]);
  return found.filter(isIn).slice(0, limit);
}

const SUMS: Aggregations = Object.fromEntries(Object.keys(COST_SUMS).map((field) => [field, { sum: { field } }]));
/** The last of the names, as `MAX` has it. */
const lastName = (field: string): Aggregations[string] => ({ terms: { field, size: 1, order: { _key: 'desc' } } });
const AGGREGATIONS: Aggregations = {
  ...SUMS,
  team_name: lastName('team_name'),
  cost_center: lastName('cost_center'),
};

/** Days of the range by key and cluster. */
export async function readCostsBy(
  { requests, names }: Store,
  key: CostKey,
  clusterId: string | null,
  range: TimeRange,
): Promise<readonly CostSum[]> {
  const column = KEY_COLUMNS[key];
  const filter = [...days(range), ...(clusterId === null ? [] : [ofCluster(clusterId)])];
  const sums: CostSum[] = [];
  const add = async (fields: readonly string[], conditions: readonly Query[]): Promise<void> => {
    const query: Query = { bool: { filter: [...filter, ...conditions] } };
    const indices = [names.all(familyName(COSTS))];
    const question = { indices, query, fields, aggregations: AGGREGATIONS, size: PAGE };
    for await (const page of compositePages(requests, question)) {
      for (const bucket of page) sums.push(costSumOf(key, lineOf(bucket, column)));
    }
  };
  await add([...new Set(['cluster_id', column])], []);
  // Groups are made of what has the field: what has none is a question of its own.
  if (key === 'team' || key === 'cost-center') await add(['cluster_id'], [lacks(column)]);
  return dearestFirst(sums);
}

function lineOf(bucket: Bucket, column: string): Record<string, unknown> {
  const group = keyOf(bucket);
  const sums = Object.fromEntries(Object.keys(COST_SUMS).map((field) => [field, valueIn(bucket, field)]));
  return {
    ...sums,
    key: group[column] ?? null,
    cluster_id: group['cluster_id'],
    team_name: nameIn(bucket, 'team_name'),
    cost_center: nameIn(bucket, 'cost_center'),
  };
}

function nameIn(bucket: Bucket, aggregation: string): string | null {
  const [first] = bucketsIn(bucket, aggregation);
  const name = first?.['key'];
  return typeof name === 'string' ? name : null;
}
