import { describe, expect, test } from 'vitest';
import { clusterHealth, type HealthFacts, isHealthChange } from '../../../../src/core/health/cluster-health.ts';

const NOW = 1_000_000;
const nodes = (ready: number, not: number) => [
  ...Array.from({ length: ready }, (_, index) => ({ name: `ready-${index}`, isReady: true })),
  ...Array.from({ length: not }, (_, index) => ({ name: `lost-${index}`, isReady: false })),
];
const judged = (change: Partial<HealthFacts>) => {
  const { status, reasons } = clusterHealth({
    nowSeconds: NOW,
    lastSyncAtSeconds: NOW - 5,
    intervalSeconds: 30,
    unreachableSinceSeconds: null,
    nodes: nodes(3, 0),
    unavailable: [],
    crashLoops: [],
    ...change,
  });
  return [status, ...reasons.map(({ code }) => code)];
};

describe('the health of a cluster', () => {
  test.each<[string, Partial<HealthFacts>, string[]]>([
    ['nothing is wrong', {}, ['healthy']],
    ['never read', { lastSyncAtSeconds: null, nodes: [] }, ['unknown', 'never-synced']],
    ['never read, whatever else is told', { lastSyncAtSeconds: null, nodes: nodes(0, 3) }, ['unknown', 'never-synced']],
    ['cut for 5 minutes', { unreachableSinceSeconds: NOW - 300 }, ['critical', 'unreachable']],
    ['cut for less', { unreachableSinceSeconds: NOW - 299 }, ['healthy']],
    ['fewer than half ready', { nodes: nodes(1, 2) }, ['critical', 'half-not-ready', 'node-not-ready']],
    ['half ready', { nodes: nodes(1, 1) }, ['degraded', 'node-not-ready']],
    ['no node ready', { nodes: nodes(0, 1) }, ['critical', 'half-not-ready', 'node-not-ready']],
    ['no nodes', { nodes: [] }, ['healthy']],
    ['one node lost of many', { nodes: nodes(9, 1) }, ['degraded', 'node-not-ready']],
    [
      'a workload without pods for 5 minutes',
      { unavailable: [{ name: 'shop/cart', sinceSeconds: NOW - 300 }] },
      ['degraded', 'workload-unavailable'],
    ],
    [
      'a workload without pods for less',
      { unavailable: [{ name: 'shop/cart', sinceSeconds: NOW - 299 }] },
      ['healthy'],
    ],
    ['a crash loop', { crashLoops: ['shop/cart-1'] }, ['degraded', 'crash-loop']],
    ['read 3 intervals ago', { lastSyncAtSeconds: NOW - 90 }, ['healthy']],
    ['read longer ago', { lastSyncAtSeconds: NOW - 91 }, ['degraded', 'sync-late']],
    [
      'all at once: the worst decides, all are told',
      { unreachableSinceSeconds: NOW - 400, lastSyncAtSeconds: NOW - 400, crashLoops: ['a/b'], nodes: nodes(2, 1) },
      ['critical', 'unreachable', 'node-not-ready', 'crash-loop', 'sync-late'],
    ],
  ])('%s', (_, facts, expected) => {
    expect(judged(facts)).toEqual(expected);
  });

  test('names the objects, at most 20 in order, and counts all', () => {
    const crashLoops = Array.from({ length: 30 }, (_, index) => `a/pod-${String(29 - index).padStart(2, '0')}`);
    const facts = {
      nowSeconds: NOW,
      lastSyncAtSeconds: NOW,
      intervalSeconds: 30,
      unreachableSinceSeconds: null,
      nodes: [],
      unavailable: [],
    };
    const [reason] = clusterHealth({ ...facts, crashLoops }).reasons;
    expect(reason?.objects).toHaveLength(20);
    expect(reason?.objects[0]).toBe('a/pod-00');
    expect(reason?.message).toContain('30 pods');
  });
});

describe('a change of health', () => {
  const of = (status: 'healthy' | 'degraded', objects: string[] = []) => ({
    status,
    reasons: status === 'healthy' ? [] : [{ code: 'crash-loop' as const, message: String(Math.random()), objects }],
  });

  test('is another status, or reasons about other objects; other words alone are none', () => {
    expect(isHealthChange(null, of('healthy'))).toBe(true);
    expect(isHealthChange(of('healthy'), of('healthy'))).toBe(false);
    expect(isHealthChange(of('healthy'), of('degraded'))).toBe(true);
    expect(isHealthChange(of('degraded', ['a', 'b']), of('degraded', ['b', 'a']))).toBe(false);
    expect(isHealthChange(of('degraded', ['a']), of('degraded', ['c']))).toBe(true);
  });
});
