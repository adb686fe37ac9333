import { describe, expect, it } from 'vitest';
import { newHead } from '../../../../src/storage/elasticsearch/cluster-head.ts';
import { IndexNames } from '../../../../src/storage/elasticsearch/index-names.ts';
import { levelQueries } from '../../../../src/storage/elasticsearch/level-query.ts';
import { piecesOf } from '../../../../src/storage/sql/pieces.ts';

const HOUR = 3600;
const DAY = 86_400;
const START = Date.UTC(2026, 0, 1) / 1000;
const names = new IndexNames('p');
const ask = (head: Partial<ReturnType<typeof newHead>>, start: number, end: number) =>
  levelQueries(
    names,
    [{ ...newHead('c', 1), ...head }],
    { clusterIds: ['c'], namespace: 'shop' },
    'namespace',
    piecesOf([{ startSeconds: START + start, endSeconds: START + end }]),
  );
const textOf = (value: unknown): string => JSON.stringify(value);

describe('searches by level', () => {
  it('take days, hours and rows each from their own indices', () => {
    const queries = ask({}, -300, DAY + HOUR);
    expect(queries.map(({ level, indices }) => [level, indices])).toEqual([
      ['day', ['p-rollup-day-namespace-2026']],
      ['hour', ['p-rollup-hour-namespace-2026.01']],
      ['row', ['p-combined-metrics-2025.12.31']],
    ]);
    for (const { query } of queries) expect(textOf(query)).toContain('{"term":{"namespace":"shop"}}');
  });

  it('take a day that waits from its hours, and an hour that waits from its rows', () => {
    const queries = ask({ pendingDays: [START], pendingHours: [START + 5 * HOUR] }, 0, 2 * DAY);
    expect(queries.map(({ level }) => level)).toEqual(['day', 'hour', 'row']);
    const [day, hour, row] = queries.map(({ query }) => query.bool);
    expect(textOf(day?.must_not)).toContain('{"term":{"timestamp":"2026-01-01T00:00:00Z"}}');
    expect(textOf(hour?.filter)).toContain('"gte":"2026-01-01T00:00:00Z","lt":"2026-01-02T00:00:00Z"');
    expect(textOf(hour?.must_not)).toContain('{"term":{"timestamp":"2026-01-01T05:00:00Z"}}');
    expect(textOf(row?.filter)).toContain('"gte":"2026-01-01T05:00:00Z","lt":"2026-01-01T06:00:00Z"');
  });

  it('do not look at what waits outside the question', () => {
    const waiting = { pendingDays: [START + 9 * DAY], pendingHours: [START + 9 * DAY] };
    expect(ask(waiting, 0, DAY).map(({ level }) => level)).toEqual(['day']);
  });

  it('leave out what is hidden', () => {
    const garbage = [{ generation: 'g', sinceSeconds: 5, window: null }];
    for (const { query } of ask({ garbage }, 0, DAY)) expect(textOf(query.bool?.must_not)).toContain('["g"]');
  });
});
