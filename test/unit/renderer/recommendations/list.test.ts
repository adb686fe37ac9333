import { describe, expect, it } from 'vitest';
import {
  filtered,
  neighbourOf,
  sectionsOf,
  sorted,
  tabOf,
  usualOrder,
} from '../../../../src/renderer/features/recommendations/list.ts';
import { outcomeWords, whereOf } from '../../../../src/renderer/features/recommendations/words.ts';
import {
  applied,
  dismissed,
  openItems,
  recommendation,
  regressed,
  snoozed,
  verified,
} from '../../../fakes/client/savings-answers.ts';

const ids = (items: readonly { id: string }[]): string[] => items.map(({ id }) => id);

describe('tabOf', () => {
  it('tells ignored for ever from ignored until a day', () => {
    expect([openItems[0], snoozed, dismissed, applied, verified, regressed].map(tabOf)).toEqual([
      'open',
      'snoozed',
      'dismissed',
      'applied',
      'verified',
      'verified',
    ]);
    expect(tabOf({ status: 'stale', ignored_until: null })).toBeNull();
  });
});

describe('filtered', () => {
  it('takes all words, in any order and case, from title, place and type', () => {
    expect(ids(filtered(openItems, { q: 'REQUEST search' }))).toEqual(['r-cpu', 'r-memory']);
    expect(ids(filtered(openItems, { q: 'dirty hours' }))).toEqual(['r-shift']);
    expect(ids(filtered(openItems, { q: '  ' }))).toHaveLength(4);
  });

  it('narrows by each field, and by all of them at once', () => {
    expect(ids(filtered(openItems, { namespace: 'search' }))).toEqual(['r-cpu', 'r-memory']);
    expect(ids(filtered(openItems, { severity: 'high' }))).toEqual(['r-nodes']);
    expect(ids(filtered(openItems, { namespace: 'search', type: 'RIGHTSIZING_MEMORY' }))).toEqual(['r-memory']);
    expect(filtered(openItems, { namespace: 'search', severity: 'high' })).toEqual([]);
  });
});

describe('sorted', () => {
  it('by expected carbon, both ways', () => {
    expect(ids(sorted(openItems, 'carbon', 'desc', 'open'))).toEqual(['r-shift', 'r-nodes', 'r-cpu', 'r-memory']);
    expect(ids(sorted(openItems, 'carbon', 'asc', 'open'))).toEqual(['r-memory', 'r-cpu', 'r-nodes', 'r-shift']);
  });

  it('by confidence, carbon deciding where it is the same', () => {
    expect(ids(sorted(openItems, 'last', 'desc', 'open'))).toEqual(['r-nodes', 'r-cpu', 'r-shift', 'r-memory']);
  });

  it('by the time of the tab', () => {
    const later = recommendation({ id: 'later', status: 'applied', applied_at: '2026-11-18T09:00:00Z' });
    expect(ids(sorted([applied, later], 'last', 'asc', 'applied'))).toEqual(['later', 'r-applied']);
    const sooner = { ...snoozed, id: 'sooner', ignored_until: '2026-11-25T09:00:00Z' };
    expect(ids(sorted([snoozed, sooner], 'last', 'asc', 'snoozed'))).toEqual(['sooner', 'r-snoozed']);
  });

  it('names begin at A, amounts with the most', () => {
    expect(['title', 'where', 'carbon', 'money', 'last'].map((key) => usualOrder(key as 'title'))).toEqual([
      'asc',
      'asc',
      'desc',
      'desc',
      'desc',
    ]);
  });
});

describe('sectionsOf', () => {
  it('keeps the order of the first of each, and names it', () => {
    const sections = sectionsOf(openItems, 'namespace');
    expect(sections.map(({ title }) => title)).toEqual(['data-pipeline', 'Nodes and clusters', 'search']);
    expect(sections.map(({ items }) => ids(items))).toEqual([['r-shift'], ['r-nodes'], ['r-cpu', 'r-memory']]);
    expect(sectionsOf(openItems, 'plan').at(-1)?.title).toBe('search / query-api');
    expect(sectionsOf(openItems, 'type')[0]?.title).toBe('Runs at dirty hours');
  });

  it('has one without a title where nothing is grouped, and none of nothing', () => {
    expect(sectionsOf(openItems, undefined)).toEqual([{ key: 'all', title: null, items: openItems }]);
    expect(sectionsOf([], undefined)).toEqual([]);
  });
});

describe('neighbourOf', () => {
  it('is the next or the one before, and nothing beyond the ends', () => {
    expect(neighbourOf(openItems, 'r-shift', 1)).toBe('r-nodes');
    expect(neighbourOf(openItems, 'r-nodes', -1)).toBe('r-shift');
    expect(neighbourOf(openItems, 'r-shift', -1)).toBeNull();
    expect(neighbourOf(openItems, 'r-memory', 1)).toBeNull();
    expect(neighbourOf(openItems, 'gone', 1)).toBe('r-shift');
    expect(neighbourOf([], undefined, 1)).toBeNull();
  });
});

describe('words', () => {
  it('say where: kind and name', () => {
    expect(whereOf({ resource: 'Deployment/query-api', scope: 'workload' })).toEqual({
      kind: 'Deployment',
      name: 'query-api',
    });
    expect(whereOf({ resource: 'staging', scope: 'namespace' }).kind).toBe('Namespace');
    expect(whereOf({ resource: 'ip-10-0-0-1', scope: 'node' }).kind).toBe('Node');
    expect(whereOf({ resource: 'alone', scope: 'workload' })).toEqual({ kind: 'Workload', name: 'alone' });
  });

  it('say how the measured stands against the promised', () => {
    expect(outcomeWords(verified)).toBe('in range');
    expect(outcomeWords(regressed)).toBe('less than promised');
    expect(outcomeWords(applied)).toBe('being measured');
    expect(outcomeWords({ status: 'regressed', verification: null })).toBe('undone');
  });
});
