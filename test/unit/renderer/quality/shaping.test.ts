import { describe, expect, test } from 'vitest';
import type { RecomputeEvent } from '../../../../src/contract/schemas/restate.ts';
import { lastFor, missingOf } from '../../../../src/renderer/features/quality/coverage-gaps.ts';
import { namedRungs, sortRungs } from '../../../../src/renderer/features/quality/node-rungs.ts';
import { checkDraft, stateOfEvents } from '../../../../src/renderer/features/quality/recompute-draft.ts';
import { scopeLines } from '../../../../src/renderer/features/quality/scope-lines.ts';
import { causeWords } from '../../../../src/renderer/features/quality/words.ts';
import { wayOf } from '../../../../src/renderer/figures/explain/narrowing-way.ts';
import { qualityReport, recomputeEvents, scopes } from '../../../fakes/client/explain-answers.ts';

const HOUR = 3_600_000;
const FROM = Date.UTC(2026, 10, 19);
const hour = (index: number, covered: number, expected = 3600) => ({
  timestamp: new Date(FROM + index * HOUR).toISOString(),
  end: new Date(FROM + (index + 1) * HOUR).toISOString(),
  covered_seconds: covered,
  expected_seconds: expected,
});

describe('what was not collected', () => {
  test('neighbouring hours are one gap; hours in part are added up', () => {
    const { gaps, partialSeconds } = missingOf({
      buckets: [hour(0, 3600), hour(1, 0), hour(2, 0), hour(3, 3000), hour(4, 0), hour(5, 3600)],
    });
    expect(gaps).toEqual([
      { startMs: FROM + HOUR, endMs: FROM + 3 * HOUR },
      { startMs: FROM + 4 * HOUR, endMs: FROM + 5 * HOUR },
    ]);
    expect(partialSeconds).toBe(600);
  });

  test('time before the first window, or still to come, is no gap', () => {
    expect(missingOf({ buckets: [hour(0, 0, 0), hour(1, 3600), hour(2, 0, 0)] })).toEqual({
      gaps: [],
      partialSeconds: 0,
    });
  });

  test('a reading goes back to the oldest gap, in whole hours', () => {
    const gaps = [{ startMs: FROM, endMs: FROM + HOUR }];
    expect(lastFor(gaps, FROM + 5.2 * HOUR)).toBe('6h');
    expect(lastFor(gaps, FROM)).toBe('1h');
    expect(lastFor(gaps, FROM + 50_000 * HOUR)).toBe('9999h');
    expect(lastFor([], FROM)).toBeNull();
  });
});

describe('nodes by source', () => {
  const names = (nodes: readonly { node: string }[]): string[] => nodes.map((node) => node.node);

  test('most energy first, or by any column, equals by name', () => {
    const { nodes } = qualityReport;
    expect(names(sortRungs(nodes, 'energy', 'desc'))[0]).toBe('hyb-dub-01');
    expect(names(sortRungs(nodes, 'energy', 'asc'))[0]).toBe('ip-10-0-57-9');
    expect(names(sortRungs(nodes, 'power', 'asc'))).toEqual([
      'ip-10-0-57-9',
      'hyb-dub-01',
      'ip-10-0-12-84',
      'ip-10-0-31-17',
    ]);
    expect(names(sortRungs(nodes, 'intensity', 'desc'))).toEqual(names(sortRungs(nodes, 'intensity', 'asc')));
  });

  test('numbers in names count as numbers', () => {
    const [first] = qualityReport.nodes;
    const nodes = ['node-10', 'node-9'].map((node) => ({ ...first!, node }));
    expect(names(sortRungs(nodes, 'node', 'asc'))).toEqual(['node-9', 'node-10']);
  });

  test('rungs have the words of their ladder, or their own name where no ladder has them', () => {
    const [first] = qualityReport.nodes;
    const [named] = namedRungs({ ...qualityReport, nodes: [{ ...first!, power: 'kepler', embodied: 'boavizta' }] });
    expect(named).toMatchObject({ power: 'Kepler (RAPL)', embodied: 'boavizta', cpu: 'Prometheus (cAdvisor)' });
  });
});

describe('scopes', () => {
  test('all lines of the highest level add up to the totals', () => {
    const lines = scopeLines({ ...scopes, scope3_category3_grams: 0, total_location_grams: 33_118.25 });
    const sum = (key: 'locationGrams' | 'marketGrams'): number =>
      lines.filter((line) => line.level === 0).reduce((all, line) => all + (line[key] ?? 0), 0);
    expect(sum('locationGrams')).toBeCloseTo(33_118.25, 9);
    expect(sum('marketGrams')).toBeCloseTo(13_318.25, 9);
  });

  test('what nobody has is left out, not shown as zero', () => {
    const cloud = scopeLines({ ...scopes, scope2_location_grams: 0, scope3_category2_grams: 0 });
    expect(cloud.map((line) => line.name)).toEqual(['Scope 3, category 1', 'Electricity', 'Hardware']);
    const own = scopeLines({ ...scopes, scope3_category1_grams: 0 });
    expect(own.map((line) => line.name)).toEqual(['Scope 2', 'Scope 3, category 3', 'Scope 3, category 2']);
  });

  test('without a contract nothing stands by market', () => {
    const none = {
      ...scopes,
      scope2_market_grams: null,
      scope3_category1_market_grams: null,
      total_market_grams: null,
    };
    expect(scopeLines(none).every((line) => (line.marketGrams ?? null) === null)).toBe(true);
  });
});

describe('recomputing', () => {
  const NOW = Date.UTC(2026, 10, 20);

  test('takes both ends on the clocks of the zone', () => {
    const draft = { from: '2026-11-01T00:00', to: '2026-11-19T12:00' };
    expect(checkDraft(draft, 'Europe/Paris', NOW)).toEqual({
      ok: true,
      start: '2026-10-31T23:00:00Z',
      end: '2026-11-19T11:00:00Z',
    });
  });

  test.each([
    ['', '2026-11-19T12:00', 'Both ends need a date and a time.'],
    ['2026-11-19T12:00', '2026-11-19T12:00', 'The end has to be after the start.'],
    ['2026-11-21T00:00', '2026-11-22T00:00', 'The range has to begin in the past.'],
  ])('from %s to %s is refused', (from, to, message) => {
    expect(checkDraft({ from, to }, 'UTC', NOW)).toEqual({ ok: false, message });
  });

  test('counts the windows of all clusters, each by its newest word', () => {
    const other: RecomputeEvent = { kind: 'progress', cluster: 'c-us', done: 5, total: 10 };
    expect(stateOfEvents([...recomputeEvents.slice(0, 1), other])).toEqual({ done: 65, total: 173, outcomes: [] });
    expect(stateOfEvents(recomputeEvents)).toEqual({
      done: 163,
      total: 163,
      outcomes: [{ cluster: 'c-eu', windows: 163, changed: 150 }],
    });
  });
});

describe('words and ways', () => {
  test('each cause has a word', () => {
    const causes = ['pue', 'price', 'contract', 'zone', 'intensity', 'embodied', 'person'] as const;
    expect(new Set(causes.map(causeWords)).size).toBe(causes.length);
  });

  test('each deed leads to a section of the settings, or to a page over HTTPS', () => {
    const kinds = [
      'set-pue',
      'connect-grid',
      'set-zone',
      'connect-boavizta',
      'connect-opencost',
      'set-prices',
      'label-nodes',
      'install-meter',
    ] as const;
    for (const kind of kinds) {
      const way = wayOf(kind);
      if (way.kind === 'read') expect(way.url).toMatch(/^https:\/\//);
      else expect(['factors', 'sources']).toContain(way.section);
    }
    expect(wayOf('install-meter').kind).toBe('read');
  });
});
