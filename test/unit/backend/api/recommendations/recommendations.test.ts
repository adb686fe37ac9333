import { createRouterClient } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import type { RecommendationDeps } from '../../../../../src/backend/api/recommendations/deps.ts';
import { createRecommendationsRouter } from '../../../../../src/backend/api/recommendations/router.ts';
import { ItemIndex } from '../../../../../src/backend/recommendations/item-index.ts';
import { openThresholds } from '../../../../../src/backend/settings/thresholds.ts';
import type { ClusterRecord } from '../../../../../src/model/cluster.ts';
import type { SavingsDay } from '../../../../../src/model/recommendations/recommendation.ts';
import { MemoryState } from '../../../../fakes/backend/memory-state.ts';
import { deskBench, outcomeOf } from '../../recommendations/desk-bench.ts';
import {
  applied,
  CLUSTER,
  DAY,
  finding,
  flat,
  HOUR,
  item,
  NOW,
  range,
  savings,
} from '../../recommendations/samples.ts';

const MIDNIGHT = NOW - 10 * HOUR;

function record(id: string, change: Partial<ClusterRecord> = {}): ClusterRecord {
  return {
    id,
    name: `name of ${id}`,
    contextName: id,
    serverUrl: 'https://api.test',
    serverVersion: null,
    provider: 'aws',
    region: null,
    currency: 'EUR',
    nodeCount: null,
    podCount: null,
    createdAtSeconds: NOW,
    updatedAtSeconds: NOW,
    lastSyncAtSeconds: null,
    lastError: null,
    ...change,
  };
}

async function api() {
  const bench = await deskBench();
  await bench.store.putCluster(record(CLUSTER));
  const index = new ItemIndex(bench.store, bench.time);
  let anew = 0;
  const deps: RecommendationDeps = {
    store: bench.store,
    clock: bench.time,
    general: {
      value: { theme: 'system', timeZone: 'UTC', defaultZone: null, defaultIntensityGramsPerKwh: null } as never,
    },
    recommendations: {
      analyses: bench.desk,
      index,
      savings: bench.savings,
      thresholds: await openThresholds(new MemoryState()),
      thresholdsChanged: () => {
        anew += 1;
      },
    },
  };
  const client = createRouterClient(createRecommendationsRouter(deps));
  return { bench, index, client, anew: () => anew };
}

const zombie = (id: string, grams: number, change: Parameters<typeof item>[0] = {}) =>
  item({
    id,
    type: 'ZOMBIE_POD',
    savings: savings({ co2eGramsPerDay: flat(grams), costPerDay: flat(10 - grams) }),
    target: { ...item().target, ownerName: id },
    ...change,
  });

describe('lists', () => {
  it('have what is open, biggest first, with names for people', async () => {
    const { bench, client } = await api();
    const node = { ...item().target, namespace: null, ownerKind: null, ownerName: null };
    await bench.put(
      zombie('a', 2),
      zombie('b', 5),
      zombie('c', 9, { status: 'ignored' }),
      zombie('d', 1, { scope: 'cluster', target: node }),
      zombie('e', 0.5, { scope: 'node', target: { ...node, node: 'n1' } }),
    );
    const list = await client.list({});
    expect(list.recommendations.map((each) => [each.id, each.resource])).toEqual([
      ['b', 'Deployment/b'],
      ['a', 'Deployment/a'],
      ['d', 'name of c1'],
      ['e', 'n1'],
    ]);
    expect(list).toMatchObject({ total: 4, currency: 'EUR', analysed_at: null, counts: { active: 4, ignored: 1 } });
    expect(list.savings?.co2e_grams_per_day.expected).toBeCloseTo(8.5);
    expect((await client.top({ metric: 'cost', limit: 1 })).recommendations).toMatchObject([{ id: 'e' }]);
    expect((await client.ignored({})).recommendations).toMatchObject([{ id: 'c' }]);
  });

  it('sum up over all that matches, not over the page', async () => {
    const { bench, client } = await api();
    await bench.put(...Array.from({ length: 6 }, (_, index) => zombie(`z${index}`, 1)));
    const page = await client.active({ limit: 2, offset: 2 });
    expect(page.recommendations).toHaveLength(2);
    expect(page.savings?.co2e_grams_per_day.expected).toBe(6);
    const none = await client.active({ namespace: 'other' });
    expect(none).toMatchObject({ total: 0, savings: null });
  });

  it('promise no more than the cluster emits, once that is known', async () => {
    const { bench, client } = await api();
    const clusterDay = { co2eGrams: range(2, 3, 4), embodiedGrams: flat(0), cost: flat(100) };
    bench.analyse = async () => outcomeOf([zombie('a', 50), zombie('b', 50)], { clusterDay });
    const list = await client.active({ refresh: true });
    expect(list.savings?.co2e_grams_per_day).toEqual({ low: 2, expected: 3, high: 4 });
    expect(list.analysed_at).toBe('2026-03-11T10:00:00Z');
  });

  it('look no further than a cluster, and name it where there are several', async () => {
    const { bench, client } = await api();
    await bench.store.putCluster(record('c2', { currency: 'USD' }));
    const other = zombie('x', 3, { target: { ...item().target, clusterId: 'c2', ownerName: 'x' } });
    await bench.put(zombie('a', 1), other);
    bench.layout = null;
    await bench.desk.run(CLUSTER);
    const both = await client.active({});
    expect(both).toMatchObject({ total: 2, currency: 'XXX' });
    expect(both.notices[0]?.message).toMatch(/^name of c1: /);
    const one = await client.active({ cluster: CLUSTER });
    expect(one).toMatchObject({ total: 1, currency: 'EUR', notices: [{ code: 'not-followed' }] });
    expect(one.notices[0]?.message).not.toContain('name of');
    await expect(client.active({ cluster: 'nope' })).rejects.toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('start an analysis only when asked to, at most once a minute', async () => {
    const { bench, client } = await api();
    await client.list({});
    await client.active({});
    expect(bench.jobs).toHaveLength(0);
    await client.active({ refresh: true });
    await client.applied({ refresh: true });
    expect(bench.jobs).toHaveLength(1);
    await bench.time.advance(60);
    await client.active({ refresh: true });
    expect(bench.jobs).toHaveLength(2);
  });

  it('have a history by the time that each was found', async () => {
    const { bench, client } = await api();
    await bench.put(
      zombie('old', 1, { foundAtSeconds: NOW - 40 * DAY, status: 'stale' }),
      zombie('new', 1, { foundAtSeconds: NOW, status: 'verified', appliedAtSeconds: NOW }),
    );
    expect((await client.history({})).recommendations.map((each) => each.id)).toEqual(['new']);
    const all = await client.history({ last: '60d' });
    expect(all.recommendations.map((each) => each.id)).toEqual(['new', 'old']);
    expect(all.counts).toMatchObject({ stale: 1, verified: 1 });
  });
});

describe('one', () => {
  it('is shown with its evidence, its change, its history and its plan', async () => {
    const { bench, client } = await api();
    const change = {
      patchYaml: 'spec: {}',
      kubectl: 'kubectl patch',
      helmValuesYaml: null,
      diff: [{ sign: '-', text: 'cpu: 1500m' }],
      cautions: ['It restarts.'],
    } as const;
    const lines = [{ kind: 'p95', label: 'P95', value: 0.4 }] as const;
    const series = [
      { name: 'CPU', unit: 'cores', startSeconds: MIDNIGHT, stepSeconds: HOUR, mean: [1, null], peak: [2, 3] },
    ] as const;
    const evidence = { ...finding().evidence, series, lines };
    bench.analyse = async () =>
      outcomeOf([
        finding({ change, evidence }),
        finding({ id: 'r2', type: 'RIGHTSIZING_MEMORY', title: 'Memory' }),
        finding({ id: 'r3', planId: 'other' }),
      ]);
    await bench.desk.run(CLUSTER);
    await bench.time.advance(60);
    await client.apply({ id: 'r1', actual: { cpu_request: 620 }, reason: 'rounded' });
    const detail = await client.detail({ id: 'r1' });
    expect(detail.change).toEqual({
      patch_yaml: 'spec: {}',
      kubectl: 'kubectl patch',
      helm_values_yaml: null,
      diff: change.diff,
      cautions: change.cautions,
    });
    expect(detail.evidence).toMatchObject({
      series: [{ start: '2026-03-11T00:00:00Z', step_seconds: HOUR, mean: [1, null], peak: [2, 3] }],
      lines,
      hours_observed: 168,
    });
    expect(detail.history).toEqual([
      { at: '2026-03-11T10:00:00Z', status: 'active', reason: null, actual: null },
      { at: '2026-03-11T10:01:00Z', status: 'applied', reason: 'rounded', actual: { cpu_request: 620 } },
    ]);
    expect(detail.plan).toEqual([{ id: 'r2', type: 'RIGHTSIZING_MEMORY', title: 'Memory' }]);
    await expect(client.detail({ id: 'nope' })).rejects.toThrow(expect.objectContaining({ code: 'not-found' }));
  });

  it('carries what was measured', async () => {
    const { bench, client } = await api();
    const verification = {
      before: { startSeconds: MIDNIGHT - DAY, endSeconds: MIDNIGHT },
      after: { startSeconds: MIDNIGHT, endSeconds: MIDNIGHT + DAY },
      co2eSavedGramsPerDay: range(1, 2, 3),
      costSavedPerDay: flat(4),
      measuredAtSeconds: NOW,
      outcome: 'within',
      note: 'Compared',
    } as const;
    await bench.put(applied({ status: 'verified', verification }));
    const [shown] = (await client.applied({})).recommendations;
    expect(shown?.verification).toEqual({
      before: { start: '2026-03-10T00:00:00Z', end: '2026-03-11T00:00:00Z' },
      after: { start: '2026-03-11T00:00:00Z', end: '2026-03-12T00:00:00Z' },
      co2e_saved_grams_per_day: { low: 1, expected: 2, high: 3 },
      cost_saved_per_day: { low: 4, expected: 4, high: 4 },
      measured_at: '2026-03-11T10:00:00Z',
      outcome: 'within',
      note: 'Compared',
    });
  });
});

describe('what people say', () => {
  it('is answered as it stands afterwards', async () => {
    const { bench, client } = await api();
    await bench.put(zombie('a', 1), zombie('b', 2));
    const until = '2026-04-01T00:00:00+02:00';
    expect(await client.ignore({ id: 'a', reason: ' later ', until })).toMatchObject({
      status: 'ignored',
      ignore_reason: 'later',
      ignored_until: '2026-03-31T22:00:00Z',
    });
    expect(await client.unignore({ id: 'a' })).toMatchObject({ status: 'active', ignored_until: null });
    const left = await client.ignoreMany({ ids: ['a'] });
    expect(left.recommendations.map((each) => each.id)).toEqual(['b']);
  });
});

describe('savings', () => {
  const line = (id: string, day: number, change: Partial<SavingsDay> = {}): SavingsDay => ({
    recommendationId: id,
    clusterId: CLUSTER,
    dayStartSeconds: MIDNIGHT - day * DAY,
    durationSeconds: DAY,
    namespace: 'shop',
    type: 'ZOMBIE_POD',
    promisedCo2eGrams: 10,
    promisedCost: 1,
    measuredCo2eGrams: null,
    measuredCost: null,
    ...change,
  });

  it('are promised and measured by day and type; a day that nobody measured is no zero', async () => {
    const { bench, client } = await api();
    const measured = { measuredCo2eGrams: 8, measuredCost: 2 };
    const days = [
      line('a', 3, measured),
      line('b', 3, { type: 'IDLE_NAMESPACE' }),
      line('a', 20),
      line('a', 2, measured),
      line('a', 90),
    ];
    for (const [index, day] of days.entries()) bench.store.savingsRows.set(String(index), day);
    const report = await client.savings({});
    expect(report).toMatchObject({ currency: 'EUR', count: 2, promised_co2e_grams: 40, measured_co2e_grams: 16 });
    expect(report.by_type).toMatchObject([
      { type: 'IDLE_NAMESPACE', count: 1, promised_co2e_grams: 10, measured_co2e_grams: 0 },
      { type: 'ZOMBIE_POD', count: 1, promised_co2e_grams: 30, measured_cost: 4 },
    ]);
    const none = { measured_co2e_grams: null, measured_cost: null };
    expect(report.days).toEqual([
      { date: '2026-02-19', promised_co2e_grams: 10, promised_cost: 1, ...none },
      { date: '2026-03-08', promised_co2e_grams: 20, promised_cost: 2, measured_co2e_grams: 8, measured_cost: 2 },
      { date: '2026-03-09', promised_co2e_grams: 10, promised_cost: 1, measured_co2e_grams: 8, measured_cost: 2 },
    ]);
    expect((await client.savings({ last: '200d' })).days).toHaveLength(4);
  });
});

describe('thresholds', () => {
  it('are read and set; a change looks at everything anew', async () => {
    const { client, anew } = await api();
    const before = await client.thresholds();
    expect(before).toMatchObject({ look_back_days: 7, memory_floor_bytes: 16 * 2 ** 20 });
    expect(await client.updateThresholds({ look_back_days: 14 })).toEqual({ ...before, look_back_days: 14 });
    expect(anew()).toBe(1);
    await client.updateThresholds({ look_back_days: 14 });
    expect(anew()).toBe(1);
    await expect(client.updateThresholds({ look_back_days: 32 })).rejects.toThrow();
  });
});
