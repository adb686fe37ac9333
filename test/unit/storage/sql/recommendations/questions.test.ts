import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  AS_KEPT,
  AS_TEXT,
  type Condition,
  records,
  where,
  within,
} from '../../../../../src/storage/sql/kubernetes/questions.ts';
import type { RecordTable } from '../../../../../src/storage/sql/kubernetes/record-table.ts';
import { putOf, tableNamed } from '../../../../../src/storage/sql/kubernetes/write.ts';
import {
  conditionsOf,
  latestScoresQuestion,
  ofClusters,
  orderOf,
  savingsQuestion,
  scoreConditions,
} from '../../../../../src/storage/sql/recommendations/questions.ts';
import {
  RECOMMENDATIONS,
  SAVINGS_DAYS,
  SCORES,
  STATUS_CHANGES,
} from '../../../../../src/storage/sql/recommendations/record-tables.ts';
import { lineOfScore } from '../../../../../src/storage/sql/recommendations/score-line.ts';
import { RECOMMENDATION_TABLES } from '../../../../../src/storage/sql/schema/recommendation-tables.ts';
import type { Statement } from '../../../../../src/storage/sql/statement.ts';
import { migrate } from '../../../../../src/storage/sqlite/migrate.ts';
import { MIGRATIONS } from '../../../../../src/storage/sqlite/migrations/index.ts';
import {
  change,
  filter,
  savingsDay,
  score,
  WEEK,
} from '../../../../contract/storage/savings/sample-recommendations.ts';

const first = (conditions: readonly Condition[]): Statement => ({
  text: conditions.map(({ text }) => text).join(' AND '),
  parameters: conditions.flatMap(({ parameters }) => parameters),
});

describe('conditions on recommendations', () => {
  it('are none where nothing is asked', () => {
    expect(conditionsOf(filter())).toEqual([]);
    expect(ofClusters([])).toEqual([]);
  });

  it('are one for each part of the filter, values apart from the SQL', () => {
    const all = filter({
      clusterIds: ['c', 'd'],
      statuses: ['active'],
      types: ['ZOMBIE_POD', 'IDLE_NAMESPACE'],
      namespace: "'; --",
      found: WEEK,
    });
    expect(first(conditionsOf(all))).toEqual({
      text: 't.cluster_id IN (?, ?) AND t.status IN (?) AND t.type IN (?, ?) AND t.namespace = ? AND t.timestamp >= ? AND t.timestamp < ?',
      parameters: [
        ...['c', 'd', 'active', 'ZOMBIE_POD', 'IDLE_NAMESPACE', "'; --"],
        ...['2026-01-01T00:00:00Z', '2026-01-08T00:00:00Z'],
      ],
    });
  });

  it('have an order that tells any two apart', () => {
    for (const sort of ['co2e', 'cost', 'priority', 'newest'] as const) {
      expect(orderOf(filter({ sort }))).toMatch(/t\.id( DESC)?$/);
    }
  });
});

describe('lines of one key', () => {
  it('are one line, the last', () => {
    const [changes] = putOf(STATUS_CHANGES, [change('a'), change('a', { reason: 'again' }), change('b')]);
    expect(changes?.lines).toHaveLength(2);
    const [days] = putOf(SAVINGS_DAYS, [savingsDay('a', 0), savingsDay('a', 1), savingsDay('a', 1)]);
    expect(days?.lines).toHaveLength(2);
    const later = score(0, { atSeconds: score(0).atSeconds + 60 });
    const [scores] = putOf(SCORES, [score(0), later, score(1)].map(lineOfScore));
    expect(scores?.lines).toHaveLength(2);
    expect(scores?.lines[0]).toContain('2026-01-01T07:01:00Z');
    for (const { name } of RECOMMENDATION_TABLES) expect(tableNamed(name).name).toBe(name);
  });
});

describe('instants and JSON of PostgreSQL', () => {
  it('are asked for as text', () => {
    const { text } = latestScoresQuestion(AS_TEXT, [], 'cluster');
    expect(text).toContain('t.dimensions::text AS dimensions');
    expect(text).toContain('to_char(t.timestamp');
  });
});

describe('every index of the tables', () => {
  let database: Database.Database;
  beforeAll(async () => {
    database = new Database(':memory:');
    await migrate(database, MIGRATIONS, 1);
  });
  afterAll(() => database.close());

  const planOf = ({ text, parameters }: Statement): string =>
    database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${text}`)
      .all(...parameters)
      .map(({ detail }) => detail)
      .join('\n');
  const kept = <Kept extends object>(
    table: RecordTable<Kept>,
    conditions: readonly Condition[],
    order: string,
  ): Statement => records(table, AS_KEPT, conditions, order, 10);

  /** What each index is there for. */
  const questions: Readonly<Record<string, Statement>> = {
    sqlite_autoindex_recommendations_1: kept(RECOMMENDATIONS, [where('t.id = ?', 'a')], 't.id'),
    recommendations_by_status: kept(
      RECOMMENDATIONS,
      conditionsOf(filter({ clusterIds: ['c'], statuses: ['active', 'applied'] })),
      orderOf(filter({ sort: 'co2e' })),
    ),
    recommendations_by_time: kept(RECOMMENDATIONS, [], orderOf(filter({ sort: 'newest' }))),
    sqlite_autoindex_recommendation_history_1: kept(
      STATUS_CHANGES,
      [where('t.recommendation_id = ?', 'a')],
      't.timestamp, t.status',
    ),
    recommendation_history_by_time: kept(
      STATUS_CHANGES,
      [...ofClusters(['c']), ...within('timestamp', WEEK)],
      't.timestamp DESC, t.recommendation_id, t.status',
    ),
    sqlite_autoindex_savings_ledger_1: {
      text: 'SELECT 1 FROM savings_ledger t WHERE t.recommendation_id = ? AND t.timestamp = ?',
      parameters: ['a', '2026-01-01T00:00:00Z'],
    },
    savings_ledger_by_time: savingsQuestion(['c'], WEEK, 'type'),
    sqlite_autoindex_score_history_1: kept(SCORES, scoreConditions('c', '', WEEK), 't.date'),
    score_history_by_date: { text: 'DELETE FROM score_history WHERE date < ?', parameters: ['2026-01-01'] },
  };

  it('has a question', () => {
    const names = RECOMMENDATION_TABLES.map(({ name }) => `'${name}'`).join(', ');
    const indexes = database
      .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name IN (${names})`)
      .pluck()
      .all();
    expect(Object.keys(questions).sort()).toEqual(indexes.sort());
  });

  it.each(Object.entries(questions))('%s answers its question', (index, question) => {
    expect(planOf(question)).toMatch(new RegExp(`USING (COVERING )?INDEX ${index}\\b`));
  });

  it('is used to find the newest scores, and no temporary order is made for the newest recommendations', () => {
    expect(planOf(latestScoresQuestion(AS_KEPT, ['c'], 'namespace'))).not.toContain('SCAN t\n');
    expect(planOf(questions['recommendations_by_time'] ?? { text: '', parameters: [] })).not.toContain('TEMP B-TREE');
  });
});
