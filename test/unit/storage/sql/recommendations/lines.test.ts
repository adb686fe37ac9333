import { describe, expect, it } from 'vitest';
import { RECOMMENDATION_STATUSES } from '../../../../../src/model/recommendations/recommendation.ts';
import {
  lineOfRecommendation,
  recommendationOf,
} from '../../../../../src/storage/sql/recommendations/recommendation-line.ts';
import {
  RECOMMENDATIONS,
  SAVINGS_DAYS,
  SCORES,
  STATUS_CHANGES,
} from '../../../../../src/storage/sql/recommendations/record-tables.ts';
import { checkCluster } from '../../../../../src/storage/sql/recommendations/refusals.ts';
import { lineOfScore, oldestScoreDay, scoreOf } from '../../../../../src/storage/sql/recommendations/score-line.ts';
import { CLUSTER, DAY, NEW_YEAR, OTHER_CLUSTER } from '../../../../contract/storage/sample-windows.ts';
import {
  change,
  recommendation,
  regressed,
  savingsDay,
  score,
} from '../../../../contract/storage/savings/sample-recommendations.ts';

describe('a recommendation as a line', () => {
  it.each([recommendation('a'), regressed('b'), recommendation('c', { change: null })])('comes back whole', (item) => {
    expect(recommendationOf(lineOfRecommendation(item))).toEqual(item);
    const stored = RECOMMENDATIONS.lineOf(lineOfRecommendation(item));
    expect(recommendationOf(RECOMMENDATIONS.recordOf(stored))).toEqual(item);
  });

  it('has the published columns', () => {
    expect(RECOMMENDATIONS.lineOf(lineOfRecommendation(recommendation('a')))).toMatchObject({
      timestamp: '2026-01-08T00:00:00Z',
      description: 'Lower CPU request 1.50 → 0.60',
      potential_savings_co2e_grams: 12.5,
      potential_savings_co2e_low_grams: 0,
      potential_savings_co2e_high_grams: 30.25,
      potential_savings_embodied_grams: 2.5,
      potential_savings_cost: 0.75,
      potential_savings_cost_high: 1.125,
      freed_memory_bytes: -1024,
      needs_node_to_go: true,
      last_seen: '2026-01-08T00:02:00Z',
      ignored_until: null,
    });
    expect(RECOMMENDATIONS.lineOf(lineOfRecommendation(regressed('a')))).toMatchObject({
      applied_at: '2026-01-03T00:00:00Z',
      applied_by: 'watched',
      ignored_until: '2026-01-02T00:00:00Z',
      actual_values: { cpu_request: 700 },
    });
  });

  it.each([
    [{ namespace: 'shop', ownerKind: 'Deployment', ownerName: 'cart' }, 'Deployment/cart', null],
    [{ namespace: 'shop', ownerKind: 'Pod', ownerName: 'debug' }, 'Pod/debug', 'debug'],
    [{ namespace: 'shop' }, 'Namespace/shop', null],
    [{ node: 'n1' }, 'Node/n1', null],
    [{}, 'Cluster', null],
  ])('of %j is named %s', (part, target, podName) => {
    const none = { clusterId: CLUSTER, namespace: null, ownerKind: null, ownerName: null, node: null };
    const line = lineOfRecommendation(recommendation('a', { target: { ...none, ...part } }));
    expect([line.target, line.podName]).toEqual([target, podName]);
  });

  it('may have every status, and no other', () => {
    for (const status of RECOMMENDATION_STATUSES) {
      const line = RECOMMENDATIONS.lineOf(lineOfRecommendation(recommendation('a', { status })));
      expect(line['status']).toBe(status);
      expect(STATUS_CHANGES.lineOf(change('a', { status }))['status']).toBe(status);
    }
    const line = RECOMMENDATIONS.lineOf(lineOfRecommendation(recommendation('a')));
    expect(() => RECOMMENDATIONS.recordOf({ ...line, status: 'done' })).toThrow();
    expect(() => RECOMMENDATIONS.recordOf({ ...line, evidence: { series: [] } })).toThrow();
  });
});

describe('a day of savings as a line', () => {
  it('has what was promised, and what was measured once it is', () => {
    expect(SAVINGS_DAYS.lineOf(savingsDay('a', 1))).toMatchObject({
      timestamp: '2026-01-02T00:00:00Z',
      promised_co2e_grams: 10.5,
      promised_cost: 1.25,
      co2e_saved_grams: null,
      cost_saved: null,
    });
    const measured = savingsDay('a', 1, { measuredCo2eGrams: -3, measuredCost: 0 });
    expect(SAVINGS_DAYS.recordOf(SAVINGS_DAYS.lineOf(measured))).toEqual(measured);
  });
});

describe('a score as a line', () => {
  it.each([score(0), score(3, { namespace: 'shop', score: null, raise: null })])('comes back whole', (item) => {
    const line = SCORES.lineOf(lineOfScore(item));
    expect(line['namespace']).toBe(item.namespace ?? '');
    expect(scoreOf(SCORES.recordOf(line))).toEqual(item);
  });

  it('is of the day that it was computed on, UTC', () => {
    expect(lineOfScore(score(0, { atSeconds: NEW_YEAR + DAY - 1 })).date).toBe('2026-01-01');
    expect(lineOfScore(score(0, { atSeconds: NEW_YEAR + DAY })).date).toBe('2026-01-02');
  });

  it('is none beyond 0 to 100', () => {
    for (const wrong of [-1, 100.5]) expect(() => SCORES.lineOf(lineOfScore(score(0, { score: wrong })))).toThrow();
  });

  it('is kept for 400 days', () => {
    expect(oldestScoreDay(NEW_YEAR + 400 * DAY + DAY - 1)).toBe('2026-01-01');
    expect(oldestScoreDay(NEW_YEAR + 401 * DAY)).toBe('2026-01-02');
  });
});

describe('what is written for a cluster', () => {
  it('is of that cluster', () => {
    expect(() => checkCluster(CLUSTER, [change('a'), savingsDay('b', 0)])).not.toThrow();
    expect(() => checkCluster(CLUSTER, [])).not.toThrow();
    expect(() => checkCluster(CLUSTER, [change('a'), change('b', { clusterId: OTHER_CLUSTER })])).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
