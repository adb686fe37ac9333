import { describe, expect, test } from 'vitest';
import { clusterHealth, type HealthFacts, isHealthChange } from '../../../../src/core/health/cluster-health.ts';

const NOW = 1_780_000_000;
const FACTS: HealthFacts = {
  nowSeconds: NOW,
  lastSyncAtSeconds: NOW,
  intervalSeconds: 60,
  unreachableSinceSeconds: null,
  nodes: [],
  unavailable: [],
  crashLoops: [],
};
const judged = (change: Partial<HealthFacts>) => clusterHealth({ ...FACTS, ...change });
const nodes = (ready: number, all: number) =>
  Array.from({ length: all }, (_, index) => ({ name: `node-${index}`, isReady: index < ready }));
const messages = (change: Partial<HealthFacts>) => judged(change).reasons.map(({ message }) => message);

describe('ready nodes', () => {
  test.each([
    [0, 1, 'critical'],
    [1, 1, 'healthy'],
    [1, 2, 'degraded'],
    [1, 3, 'critical'],
    [2, 3, 'degraded'],
    [2, 4, 'degraded'],
    [49, 100, 'critical'],
    [50, 100, 'degraded'],
    [99, 100, 'degraded'],
    [100, 100, 'healthy'],
  ])('%i of %i: %s', (ready, all, status) => {
    expect(judged({ nodes: nodes(ready, all) }).status).toBe(status);
  });

  test('that are not ready are named in both reasons, with how many', () => {
    const { reasons } = judged({ nodes: nodes(1, 4).toReversed() });
    expect(reasons).toEqual([
      {
        code: 'half-not-ready',
        message: 'Only 1 of its 4 nodes are ready.',
        objects: ['node-1', 'node-2', 'node-3'],
      },
      { code: 'node-not-ready', message: '3 nodes are not ready.', objects: ['node-1', 'node-2', 'node-3'] },
    ]);
    expect(messages({ nodes: nodes(2, 3) })).toEqual(['One node is not ready.']);
  });
});

describe('times', () => {
  test.each([
    ['4:59', 299, 'healthy', []],
    ['5:00', 300, 'critical', ['Its API server has not answered for 5 minutes.']],
    ['5:59', 359, 'critical', ['Its API server has not answered for 5 minutes.']],
    ['6:00', 360, 'critical', ['Its API server has not answered for 6 minutes.']],
    ['a clock that went back', -10, 'healthy', []],
  ])('the API server is silent for %s', (_, seconds, status, words) => {
    const facts = { unreachableSinceSeconds: NOW - seconds };
    expect(judged(facts).status).toBe(status);
    expect(messages(facts)).toEqual(words);
  });

  test.each([
    ['4:59', [299], []],
    ['5:00', [300], ['One workload has lacked pods for 5 minutes or longer.']],
    ['4:59 and 5:00', [299, 300], ['One workload has lacked pods for 5 minutes or longer.']],
    ['5:00 and hours', [300, 9000], ['2 workloads have lacked pods for 5 minutes or longer.']],
  ])('workloads lack pods for %s', (_, seconds, words) => {
    const unavailable = seconds.map((age, index) => ({ name: `shop/w-${index}`, sinceSeconds: NOW - age }));
    const { status } = judged({ unavailable });
    expect(status).toBe(words.length === 0 ? 'healthy' : 'degraded');
    expect(messages({ unavailable })).toEqual(words);
  });

  test('only those that lack pods for so long are named', () => {
    const unavailable = [
      { name: 'shop/new', sinceSeconds: NOW - 299 },
      { name: 'shop/old', sinceSeconds: NOW - 301 },
    ];
    expect(judged({ unavailable }).reasons[0]?.objects).toEqual(['shop/old']);
  });

  test.each([
    [10, 30, 'healthy'],
    [10, 31, 'degraded'],
    [60, 180, 'healthy'],
    [60, 181, 'degraded'],
    [300, 900, 'healthy'],
    [300, 901, 'degraded'],
  ])('with an interval of %i s, read %i s ago: %s', (intervalSeconds, age, status) => {
    expect(judged({ intervalSeconds, lastSyncAtSeconds: NOW - age }).status).toBe(status);
  });

  test('how long ago it was read is told in minutes and seconds', () => {
    expect(messages({ lastSyncAtSeconds: NOW - 181 })).toEqual(['It was last read as a whole 3 min 1 s ago.']);
    expect(messages({ lastSyncAtSeconds: NOW - 3600 })).toEqual(['It was last read as a whole 60 min 0 s ago.']);
  });

  test('one that was never read is unknown, and says whether it answers', () => {
    expect(messages({ lastSyncAtSeconds: null })).toEqual(['It was not read yet.']);
    const silent = { lastSyncAtSeconds: null, unreachableSinceSeconds: NOW - 1, crashLoops: ['shop/cart'] };
    expect(messages(silent)).toEqual(['It was not read yet: its API server does not answer.']);
    expect(judged(silent).status).toBe('unknown');
  });
});

describe('a change of health', () => {
  test('is told when a threshold is passed, and not again while only time goes by', () => {
    const since = NOW;
    const at = (seconds: number) =>
      clusterHealth({
        ...FACTS,
        nowSeconds: NOW + seconds,
        lastSyncAtSeconds: NOW + Math.min(seconds, 120),
        unreachableSinceSeconds: since,
      });
    const ages = [0, 299, 300, 301, 360, 1000];
    const changes = ages.slice(1).map((age, index) => isHealthChange(at(ages[index] ?? 0), at(age)));
    // At 300 s it is both unreachable and not yet late (180 s); at 301 s it is late too.
    expect(changes).toEqual([false, true, true, false, false]);
  });

  test('is also a reason more or less at the same status', () => {
    const one = judged({ crashLoops: ['shop/cart'] });
    const two = judged({ crashLoops: ['shop/cart'], nodes: nodes(2, 3) });
    expect([one.status, two.status]).toEqual(['degraded', 'degraded']);
    expect([isHealthChange(one, two), isHealthChange(two, one), isHealthChange(two, two)]).toEqual([true, true, false]);
  });
});
