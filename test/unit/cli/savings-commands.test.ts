import { implement } from '@orpc/server';
import { describe, expect, it } from 'vitest';
import { formatRecommendations } from '../../../src/cli/output/recommend-text.ts';
import { formatScore } from '../../../src/cli/output/score-text.ts';
import { recommendationsContract, scoreContract } from '../../../src/contract/savings-contract.ts';
import type { RecommendationItem, RecommendationList } from '../../../src/contract/schemas/recommendations.ts';
import type { ScoreAnswer, ScoreCard } from '../../../src/contract/schemas/score.ts';
import { createFakeRouter, type FakeRouter } from '../../fakes/router/router.ts';
import { commandsOfTests } from './running-commands.ts';

const { run } = commandsOfTests();
const period = { start: '2026-03-04T00:00:00Z', end: '2026-03-11T00:00:00Z' };
const range = (expected: number) => ({ low: 0, expected, high: 2 * expected });
const item: RecommendationItem = {
  id: 'r1',
  plan_id: 'p1',
  cluster: 'c1',
  type: 'RIGHTSIZING_CPU',
  scope: 'workload',
  severity: 'medium',
  confidence: 'high',
  resource: 'Deployment/cart',
  namespace: 'shop',
  title: 'Request 120m in place of 500m',
  details: '',
  current: { cpu_request: 500 },
  recommended: { cpu_request: 120 },
  estimated_savings: {
    cost_per_day: 0.5,
    co2e_grams_per_day: 0,
    cost_per_day_range: range(0.5),
    co2e_grams_per_day_range: range(0),
    embodied_co2e_grams_per_day_range: range(0),
    energy_joules_per_day: 0,
    freed_cpu_millicores: 380,
    freed_memory_bytes: 0,
    needs_node_to_go: true,
  },
  status: 'active',
  found_at: period.end,
  updated_at: period.end,
  ignore_reason: null,
  ignored_until: null,
  applied_at: null,
  applied_by: null,
  actual: null,
  verification: null,
  period,
};
const found: RecommendationList = {
  recommendations: [item, { ...item, id: 'r2', type: 'ZOMBIE_POD', severity: 'high', title: 'Delete it\u001b[2J' }],
  total: 2,
  savings: {
    co2e_grams_per_day: range(120),
    embodied_co2e_grams_per_day: range(30),
    cost_per_day: range(1.25),
    nodes_that_can_go: 1,
  },
  currency: 'EUR',
  analysed_at: period.end,
  notices: [],
  counts: { active: 2, ignored: 0, applied: 0, verified: 0, regressed: 0, stale: 0 },
};
const card: ScoreCard = {
  cluster: 'c1',
  cluster_name: 'prod',
  namespace: null,
  score: 71.25,
  dimensions: [
    { dimension: 'resource_efficiency', score: 40, weight: 0.3, figures: {}, note: 'Pods use 40 % of their requests' },
    { dimension: 'carbon_aware', score: null, weight: 0, figures: {}, note: 'No forecast of the grid' },
  ],
  raise: { dimension: 'resource_efficiency', points: 8.4, how: 'smaller requests' },
};
const scored: ScoreAnswer = {
  period,
  score: 71.25,
  clusters: [card],
  namespaces: [{ ...card, namespace: 'shop', score: 55, dimensions: [] }],
  history: [],
  computed_at: period.end,
};

function fakeWith(list: RecommendationList = found): FakeRouter {
  const fake = createFakeRouter();
  const recommendations = implement(recommendationsContract).list.handler(({ input }) => {
    fake.inputs.push({ operation: 'recommendations.list', input });
    return list;
  });
  const score = implement(scoreContract).get.handler(({ input }) => {
    fake.inputs.push({ operation: 'score.get', input });
    return scored;
  });
  const router: object = { ...fake.router, recommendations: { list: recommendations }, score: { get: score } };
  return { ...fake, router: router as FakeRouter['router'] };
}

describe('podwatt recommend', () => {
  it('prints a table with the joint sum below it', async () => {
    const command = run(['recommend', '--namespace', 'shop', '--type', 'rightsizing-cpu'], { fake: fakeWith() });
    expect([await command.exitCode, command.stderr()]).toEqual([0, '']);
    expect(command.stdout()).toMatch(/SEVERITY +TYPE +NAMESPACE +RESOURCE +CO2e g\/day +EUR\/day +SURE +WHAT\nmedium/);
    expect(command.stdout()).toContain(
      '2 in all. Followed together, each day: 120 (0 to 240) g CO2e · 30.0 (0 to 60.0) g embodied · 1.25 (0 to 2.50) EUR. 1 node can go.\n',
    );
    expect(command.stdout()).not.toContain('\u001b');
    expect(command.fake.inputs.at(-1)).toMatchObject({
      operation: 'recommendations.list',
      input: { namespace: 'shop', type: 'RIGHTSIZING_CPU', limit: 1000 },
    });
  });

  it.each([
    ['critical', 0, ''],
    ['high', 1, '1 recommendation is of severity high or more.\n'],
    ['medium', 1, '2 recommendations are of severity medium or more.\n'],
    ['low', 1, '2 recommendations are of severity low or more.\n'],
  ])('--fail-on %s ends with code %d', async (severity, exitCode, text) => {
    const command = run(['recommend', '--fail-on', severity], { fake: fakeWith() });
    expect([await command.exitCode, command.stderr()]).toEqual([exitCode, text]);
    expect(command.stdout()).toContain('ZOMBIE_POD');
  });

  it('prints JSON, and refuses what is no type', async () => {
    const json = run(['recommend', '--json'], { fake: fakeWith() });
    expect(await json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout())).toEqual(found);
    const wrong = run(['recommend', '--type', 'MAGIC'], { fake: fakeWith() });
    expect(await wrong.exitCode).toBe(2);
    expect(wrong.stderr()).toContain('--type takes one of ZOMBIE_POD, ');
    expect(await run(['recommend', '--fail-on', 'all']).exitCode).toBe(2);
  });

  it('says why a list is empty', () => {
    const empty = { ...found, recommendations: [], total: 0, savings: null };
    expect(formatRecommendations(empty)).toBe('There is nothing to recommend.\n');
    expect(formatRecommendations({ ...empty, analysed_at: null })).toBe('Nothing was analysed yet.\n');
    const notices = [{ code: 'short', message: 'Only 2 days are known.', hint: 'Wait.' }];
    expect(formatRecommendations({ ...empty, notices })).toBe(
      'There is nothing to recommend.\n\nOnly 2 days are known. Wait.\n',
    );
  });
});

describe('podwatt score', () => {
  it('prints the score, its dimensions, and what would raise it', async () => {
    const command = run(['score', '--last', '30d', '--namespace', 'shop'], { fake: fakeWith() });
    expect([await command.exitCode, command.stderr()]).toEqual([0, '']);
    const text = command.stdout();
    expect(text).toContain('Score 71.3, 2026-03-04T00:00:00Z to 2026-03-11T00:00:00Z\n');
    expect(text).toMatch(/resource efficiency +40\.0 +30 % +Pods use 40 % of their requests/);
    expect(text).toMatch(/carbon aware +unknown +0 % +No forecast of the grid/);
    expect(text).toContain('Most would be gained by smaller requests (8.4 points)');
    expect(text).toMatch(/shop +prod +55\.0 +smaller requests/);
    expect(command.fake.inputs.at(-1)?.input).toMatchObject({ last: '30d', namespace: 'shop' });
  });

  it('prints JSON, and what is not known as such', async () => {
    const json = run(['score', '--json'], { fake: fakeWith() });
    expect(await json.exitCode).toBe(0);
    expect(JSON.parse(json.stdout())).toEqual(scored);
    expect(formatScore({ ...scored, score: null, clusters: [], namespaces: [] })).toContain('Score unknown');
    expect(await run(['score', '--last', '7d', '--start', '2026-01-01T00:00:00Z']).exitCode).toBe(2);
  });
});
