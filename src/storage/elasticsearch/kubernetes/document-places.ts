import { secondsOf } from '../../sql/instants.ts';
import type { RecordTable, StoredLine } from '../../sql/kubernetes/record-table.ts';
import { ALERTS, COSTS, HEALTH, METRICS, PODS } from '../../sql/kubernetes/record-tables.ts';
import { SAVINGS_DAYS, SCORES, STATUS_CHANGES } from '../../sql/recommendations/record-tables.ts';
import type { Operation } from '../bulk.ts';
import { idOf } from '../document-ids.ts';
import type { IndexNames } from '../index-names.ts';

/** Index family of a table. */
export function familyName({ name }: Pick<RecordTable<object>, 'name'>): string {
  return name.replaceAll('_', '-');
}

/** Columns that a document's id is made of, where that is not its `id`: what is unique in the SQL stores. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  [METRICS.name]: ['object_id', 'collected_at'],
  [COSTS.name]: ['namespace_id', 'date', 'hour'],
  [HEALTH.name]: ['cluster_id', 'timestamp'],
  [ALERTS.name]: ['budget_id', 'month', 'kind'],
  [STATUS_CHANGES.name]: ['recommendation_id', 'timestamp', 'status'],
  [SAVINGS_DAYS.name]: ['recommendation_id', 'timestamp'],
  [SCORES.name]: ['cluster_id', 'namespace', 'date'],
};
const MONTHS: Readonly<Record<string, string>> = { [PODS.name]: 'created_at', [METRICS.name]: 'collected_at' };

/** Where the document of a line belongs. */
export function placeOf<Kept extends object>(
  table: RecordTable<Kept>,
  names: IndexNames,
  line: StoredLine,
): { readonly index: string; readonly id: string } {
  const identity = IDENTITIES[table.name];
  const month = MONTHS[table.name];
  return {
    index: names.of(familyName(table), month === undefined ? 0 : secondsOf(String(line[month]))),
    id: identity === undefined ? String(line['id']) : idOf(...identity.map((column) => String(line[column]))),
  };
}

/** The record in the place of the one before; every field is there, null where nothing is known. */
export function putOperation<Kept extends object>(
  table: RecordTable<Kept>,
  names: IndexNames,
  record: Kept,
): Operation {
  const document = table.lineOf(record);
  return { kind: 'put', ...placeOf(table, names, document), document };
}
