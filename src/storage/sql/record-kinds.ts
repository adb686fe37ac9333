import type { RecordKind, RecordsByKind } from '../../core/ports/record-pages.ts';
import { auditEntryOf } from './audit-line.ts';
import { cachedEmbodiedOf } from './embodied-line.ts';
import { intensityOf } from './intensity-line.ts';
import type { RecordTable } from './kubernetes/record-table.ts';
import {
  ALERTS,
  COSTS,
  HEALTH,
  METRICS,
  NAMESPACES,
  NODES,
  PODS,
  RELEASES,
  WORKLOADS,
} from './kubernetes/record-tables.ts';
import { recommendationOf } from './recommendations/recommendation-line.ts';
import { RECOMMENDATIONS, SAVINGS_DAYS, SCORES, STATUS_CHANGES } from './recommendations/record-tables.ts';
import { scoreOf } from './recommendations/score-line.ts';
import { CURRENT_COEFFICIENT_TABLES } from './schema/science-tables.ts';
import type { Table } from './schema/table.ts';

/** Where the records of a kind are, and by which columns any two are told apart: text, instants or days, never null. */
interface RecordSource<Kept> {
  readonly table: Table;
  readonly key: readonly string[];
  read(line: unknown): Kept;
}

function kept<Kept extends object>(table: RecordTable<Kept>, ...key: readonly string[]): RecordSource<Kept> {
  return { table: table.table, key: key.length === 0 ? ['id'] : key, read: (line) => table.recordOf(line) };
}

/** A table whose lines have readers of their own. */
function named(name: string): Table {
  const table = CURRENT_COEFFICIENT_TABLES.find((each) => each.name === name);
  if (table === undefined) throw new RangeError(`${name} is no table of coefficients`);
  return table;
}

/** The same on all stores: documents of Elasticsearch have the columns of the tables. */
export const RECORD_SOURCES: { readonly [Kind in RecordKind]: RecordSource<RecordsByKind[Kind]> } = {
  namespaces: kept(NAMESPACES),
  nodes: kept(NODES),
  workloads: kept(WORKLOADS),
  pods: kept(PODS),
  releases: kept(RELEASES),
  // In the order of the index that answers for one object.
  metrics: kept(METRICS, 'object_id', 'collected_at'),
  costs: kept(COSTS),
  healthChanges: kept(HEALTH, 'cluster_id', 'timestamp'),
  recommendations: {
    ...kept(RECOMMENDATIONS),
    read: (line) => recommendationOf(RECOMMENDATIONS.recordOf(line)),
  },
  statusChanges: kept(STATUS_CHANGES, 'recommendation_id', 'timestamp', 'status'),
  savingsDays: kept(SAVINGS_DAYS, 'recommendation_id', 'timestamp'),
  scores: { ...kept(SCORES, 'cluster_id', 'namespace', 'date'), read: (line) => scoreOf(SCORES.recordOf(line)) },
  alerts: kept(ALERTS),
  intensities: {
    table: named('carbon_intensity'),
    key: ['zone', 'timestamp', 'kind', 'factor_type', 'source'],
    read: intensityOf,
  },
  embodied: { table: named('embodied_cache'), key: ['provider', 'instance_type'], read: cachedEmbodiedOf },
  audit: { table: named('audit'), key: ['id'], read: auditEntryOf },
};
