import { expect, it } from 'vitest';
import { MOST_NAMESPACES, score } from '../../../../src/backend/api/score.ts';
import { ScoreAnswer } from '../../../../src/contract/schemas/score.ts';
import type { ClusterRecord } from '../../../../src/model/cluster.ts';
import type { Score } from '../../../../src/model/recommendations/score.ts';
import { keptScore, MemoryScores } from '../../../fakes/score/memory-scores.ts';

const NOW = Date.UTC(2026, 2, 11, 10, 7) / 1000;
const DAY = 86_400;

function api(kept: Score[], ids = ['c1', 'c2']) {
  const store = new MemoryScores(kept);
  const refreshed: string[] = [];
  const deps = {
    store: { listClusters: async () => ids.map((id) => ({ id, name: `Cluster ${id}` }) as ClusterRecord) },
    clock: { nowSeconds: () => NOW },
    scores: {
      refresh: async (id: string, oldestSeconds: number) => {
        expect(oldestSeconds).toBe(3600);
        refreshed.push(id);
        return 'fresh' as const;
      },
      latest: (of: readonly string[], kind: 'cluster' | 'namespace') => store.latestScores(of, kind),
      history: store.scores.bind(store),
    },
  };
  const ask = async (input: Partial<Parameters<typeof score>[0]> = {}) =>
    ScoreAnswer.parse(await score({ tz: 'UTC', ...input }, deps));
  return { ask, refreshed };
}

it('answers the newest score of each cluster, weighted by energy, after a look whether it is still young', async () => {
  const { ask, refreshed } = api([
    keptScore({ score: 10, atSeconds: NOW - DAY }),
    keptScore({ score: 40, atSeconds: NOW, joules: 3000 }),
    keptScore({ clusterId: 'c2', score: 80, atSeconds: NOW - 60, joules: 1000 }),
  ]);
  const answer = await ask();
  expect(refreshed).toEqual(['c1', 'c2']);
  expect(answer.score).toBeCloseTo((40 * 3 + 80) / 4, 9);
  expect(answer.clusters.map(({ cluster, cluster_name, score: each }) => [cluster, cluster_name, each])).toEqual([
    ['c1', 'Cluster c1', 40],
    ['c2', 'Cluster c2', 80],
  ]);
  expect(answer.clusters[0]?.dimensions).toHaveLength(7);
  expect(answer.history).toEqual([
    { date: '2026-03-10', cluster: 'c1', score: 10 },
    { date: '2026-03-11', cluster: 'c1', score: 40 },
    { date: '2026-03-11', cluster: 'c2', score: 80 },
  ]);
  expect(answer.period).toEqual({ start: '2026-03-04T11:00:00Z', end: '2026-03-11T11:00:00Z' });
  expect(answer.computed_at).toBe('2026-03-11T10:07:00Z');
});

it('answers one cluster, and refuses one that is not there', async () => {
  const { ask, refreshed } = api([keptScore({ atSeconds: NOW }), keptScore({ clusterId: 'c2', atSeconds: NOW })]);
  expect((await ask({ cluster: 'c2' })).clusters.map(({ cluster }) => cluster)).toEqual(['c2']);
  expect(refreshed).toEqual(['c2']);
  await expect(ask({ cluster: 'nope' })).rejects.toMatchObject({ code: 'not-found' });
});

it('lists the namespaces that were scored with their cluster, not those that are gone', async () => {
  const { ask } = api([
    keptScore({ atSeconds: NOW }),
    keptScore({ namespace: 'small', atSeconds: NOW, joules: 1 }),
    keptScore({ namespace: 'shop', atSeconds: NOW, joules: 900 }),
    keptScore({ namespace: 'gone', atSeconds: NOW - DAY }),
  ]);
  expect((await ask()).namespaces.map(({ namespace }) => namespace)).toEqual(['shop', 'small']);
});

it('is about a namespace where one is named', async () => {
  const { ask } = api([
    keptScore({ score: 40, atSeconds: NOW }),
    keptScore({ score: 90, namespace: 'shop', atSeconds: NOW }),
    keptScore({ score: 70, namespace: 'shop', atSeconds: NOW - DAY }),
    keptScore({ score: 20, namespace: 'other', atSeconds: NOW }),
  ]);
  const answer = await ask({ namespace: 'shop' });
  expect([answer.score, answer.clusters[0]?.score]).toEqual([90, 40]);
  expect(answer.namespaces.map(({ namespace }) => namespace)).toEqual(['shop']);
  expect(answer.history.map((each) => each.score)).toEqual([70, 90]);
});

it('answers the past as it was stored, without scoring anew', async () => {
  const { ask, refreshed } = api([
    keptScore({ score: 10, atSeconds: NOW - 9 * DAY }),
    keptScore({ score: 20, atSeconds: NOW - 8 * DAY }),
    keptScore({ score: 25, namespace: 'shop', atSeconds: NOW - 8 * DAY }),
    keptScore({ score: 90, atSeconds: NOW }),
  ]);
  const answer = await ask({ start: '2026-02-25T00:00:00Z', end: '2026-03-04T00:00:00Z', namespace: 'shop' });
  expect(refreshed).toEqual([]);
  expect(answer.clusters.map((each) => each.score)).toEqual([20]);
  expect([answer.score, answer.history.length]).toEqual([25, 1]);
});

it('is null without scores, and for clusters whose dimensions had no data', async () => {
  expect(await api([]).ask()).toMatchObject({ score: null, clusters: [], namespaces: [], computed_at: null });
  const { ask } = api([
    keptScore({ score: null, atSeconds: NOW, joules: 9000 }),
    keptScore({ clusterId: 'c2', score: 30, atSeconds: NOW, joules: 0 }),
  ]);
  expect((await ask()).score).toBe(30);
  expect(await api([], []).ask()).toMatchObject({ score: null, clusters: [] });
});

it('answers no more namespaces than it says', async () => {
  const many = Array.from({ length: MOST_NAMESPACES + 1 }, (_, index) =>
    keptScore({ namespace: `n${index}`, atSeconds: NOW, joules: index }),
  );
  const { namespaces } = await api([keptScore({ atSeconds: NOW }), ...many]).ask();
  expect(namespaces).toHaveLength(MOST_NAMESPACES);
  expect(namespaces.some(({ namespace }) => namespace === 'n0')).toBe(false);
});
