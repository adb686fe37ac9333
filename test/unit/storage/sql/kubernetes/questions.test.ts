import { describe, expect, it } from 'vitest';
import { liveQuestions, markGone } from '../../../../../src/storage/sql/kubernetes/liveness.ts';
import {
  AS_KEPT,
  AS_TEXT,
  costDays,
  costHours,
  count,
  daysWithin,
  hoursWithin,
  records,
  where,
  within,
} from '../../../../../src/storage/sql/kubernetes/questions.ts';
import { BUDGETS, NODES } from '../../../../../src/storage/sql/kubernetes/record-tables.ts';
import { clusterHealthQuestion, viewRowOf } from '../../../../../src/storage/sql/kubernetes/view-questions.ts';
import { optional } from '../../../../../src/storage/sql/schema/table.ts';

const NEW_YEAR = Date.UTC(2026, 0, 1) / 1000;
const HOUR = 3600;

describe('questions', () => {
  it('say columns as each store has to', () => {
    const column = (kind: 'text' | 'time' | 'json' | 'date') => optional('x', kind, '');
    expect([AS_KEPT(column('time')), AS_KEPT(column('json'))]).toEqual(['t.x', 't.x']);
    expect(AS_TEXT(column('text'))).toBe('t.x');
    expect(AS_TEXT(column('json'))).toBe('t.x::text AS x');
    expect(AS_TEXT(column('date'))).toBe('t.x::text AS x');
    expect(AS_TEXT(column('time'))).toMatch(/^to_char\(t\.x AT TIME ZONE 'UTC', .*\) AS x$/);
  });

  it('carry the values of their conditions in order, and the page last', () => {
    const conditions = [where('t.scope = ?', 'team'), where('t.unit IN (?, ?)', 'cost', 'carbon')];
    const { text, parameters } = records(BUDGETS, AS_KEPT, conditions, 't.name', 10, 20);
    expect(text).toMatch(
      /^SELECT t\.id, t\.name, .* FROM k8s_budgets t WHERE t\.scope = \? AND t\.unit IN \(\?, \?\) /,
    );
    expect(text).toMatch(/ORDER BY t\.name LIMIT \? OFFSET \?$/);
    expect(parameters).toEqual(['team', 'cost', 'carbon', 10, 20]);
    expect(records(NODES, AS_KEPT, [], 't.name').text).toMatch(/FROM k8s_nodes t ORDER BY t\.name$/);
    expect(count(NODES, conditions)).toMatchObject({ parameters: ['team', 'cost', 'carbon'] });
  });

  it('begin and end with what starts in a time', () => {
    expect(within('at', { startSeconds: NEW_YEAR + 0.5, endSeconds: NEW_YEAR + 60 })).toEqual([
      { text: 't.at >= ?', parameters: ['2026-01-01T00:00:01Z'] },
      { text: 't.at < ?', parameters: ['2026-01-01T00:01:00Z'] },
    ]);
  });
});

describe('days and hours of costs', () => {
  it('are those that start in the range', () => {
    const range = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 36 * HOUR };
    expect(daysWithin(range)).toEqual({ from: '2026-01-01', to: '2026-01-03' });
    expect(daysWithin({ ...range, startSeconds: NEW_YEAR + 1 })).toMatchObject({ from: '2026-01-02' });
    expect(hoursWithin(range)).toEqual({ from: ['2026-01-01', 0], to: ['2026-01-02', 12] });
    expect(hoursWithin({ ...range, startSeconds: NEW_YEAR + 23 * HOUR + 1 }).from).toEqual(['2026-01-02', 0]);
  });

  it('are asked for with their bounds', () => {
    const range = { startSeconds: NEW_YEAR + 5 * HOUR, endSeconds: NEW_YEAR + 29 * HOUR };
    expect(costHours(range).flatMap(({ parameters }) => parameters)).toEqual([
      '2026-01-01',
      '2026-01-01',
      5,
      '2026-01-02',
      '2026-01-02',
      5,
    ]);
    expect(costDays(range).flatMap(({ parameters }) => parameters)).toEqual(['2026-01-02', '2026-01-03']);
  });
});

describe('what is alive', () => {
  it('is asked of five tables', () => {
    const texts = liveQuestions('k').map(({ text }) => text);
    expect(texts).toHaveLength(5);
    expect(texts[3]).toBe('SELECT t.id FROM k8s_pods t WHERE t.cluster_id = ? AND t.finished_at IS NULL ORDER BY t.id');
  });

  it('is marked gone in pieces of at most 1,000', () => {
    const pods = Array.from({ length: 2500 }, (_, place) => `p${place}`);
    const none = { namespaces: [], nodes: [], workloads: [], releases: [] };
    const changes = markGone('k', { ...none, pods, nodes: ['n'] }, NEW_YEAR);
    expect(changes.map(({ parameters }) => parameters.length - 3)).toEqual([1, 1000, 1000, 500]);
    expect(changes[0]?.text).toContain('UPDATE k8s_nodes AS t SET deleted_at = ?');
    expect(changes[1]?.text).toContain('SET finished_at = ?, updated_at = ?');
    expect(changes[1]?.parameters.slice(0, 4)).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z', 'k', 'p0']);
    expect(markGone('k', { ...none, pods: [] }, NEW_YEAR)).toEqual([]);
  });
});

describe('views', () => {
  it('give instants as text', () => {
    const { text, parameters } = clusterHealthQuestion(AS_TEXT, 'k');
    expect(text).toContain('AS last_sync_at');
    expect(text).not.toContain('kubeconfig');
    expect(parameters).toEqual(['k']);
  });

  it('have lines of texts, numbers and nothing else', () => {
    expect(viewRowOf({ a: 1, b: 'x', c: null })).toEqual({ a: 1, b: 'x', c: null });
    expect(() => viewRowOf({ a: new Date(0) })).toThrow();
  });
});
