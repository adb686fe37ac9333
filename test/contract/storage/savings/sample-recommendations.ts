import type { RecommendationFilter } from '../../../../src/core/ports/recommendation-store.ts';
import type { ClusterRecord } from '../../../../src/model/cluster.ts';
import type { Recommendation, SavingsDay, StatusChange } from '../../../../src/model/recommendations/recommendation.ts';
import type { Score } from '../../../../src/model/recommendations/score.ts';
import { CLUSTER, DAY, HOUR, NEW_YEAR } from '../sample-windows.ts';

export const WEEK = { startSeconds: NEW_YEAR, endSeconds: NEW_YEAR + 7 * DAY };

export function clusterNamed(id: string, name: string): ClusterRecord {
  return {
    id,
    name,
    contextName: name,
    serverUrl: `https://${name}.test`,
    serverVersion: null,
    provider: null,
    region: null,
    currency: 'EUR',
    nodeCount: null,
    podCount: null,
    createdAtSeconds: NEW_YEAR,
    updatedAtSeconds: NEW_YEAR,
    lastSyncAtSeconds: null,
    lastError: null,
  };
}

/** A recommendation of which every figure is different, so that a swapped column shows. */
export function recommendation(id: string, part: Partial<Recommendation> = {}): Recommendation {
  return {
    id,
    planId: 'plan-cart',
    type: 'RIGHTSIZING_CPU',
    scope: 'workload',
    target: { clusterId: CLUSTER, namespace: 'shop', ownerKind: 'Deployment', ownerName: 'cart', node: null },
    title: 'Lower CPU request 1.50 → 0.60',
    reason: `P95 of 7 days is 0.48 cores; "quotes" of 'both' kinds.`,
    priority: 'medium',
    confidence: 'high',
    current: { cpu_request: 1500, cpu_limit: null },
    recommended: { cpu_request: 600.5, note: 'a quarter' },
    savings: {
      co2eGramsPerDay: { central: 12.5, low: 0, high: 30.25 },
      embodiedGramsPerDay: { central: 2.5, low: 0.5, high: 4.5 },
      costPerDay: { central: 0.75, low: 0.25, high: 1.125 },
      joulesPerDay: 123_456.5,
      freedCpuMillicores: 899.5,
      freedMemoryBytes: -1024,
      needsNodeToGo: true,
    },
    evidence: {
      series: [
        {
          name: 'CPU use',
          unit: 'cores',
          startSeconds: NEW_YEAR,
          stepSeconds: HOUR,
          mean: [0.1, null, 0.3],
          peak: [0.2, null, 0.48],
        },
        { name: 'Pods', unit: 'pods', startSeconds: NEW_YEAR, stepSeconds: HOUR, mean: [3], peak: null },
      ],
      lines: [{ kind: 'p95', label: 'P95', value: 0.48 }],
      figures: { p95_millicores: 480, hours_observed: 166, why: 'x', none: null },
      hoursObserved: 166,
      hoursPossible: 168,
    },
    change: {
      patchYaml: 'spec:\n  template: {}\n',
      kubectl: 'kubectl -n shop set resources deployment/cart --requests=cpu=600m',
      helmValuesYaml: null,
      diff: [
        { sign: ' ', text: 'resources:' },
        { sign: '-', text: '  cpu: 1500m' },
        { sign: '+', text: '  cpu: 600m' },
      ],
      cautions: ['Pods start anew.'],
    },
    range: WEEK,
    status: 'active',
    foundAtSeconds: NEW_YEAR + 7 * DAY,
    updatedAtSeconds: NEW_YEAR + 7 * DAY + 60,
    lastSeenAtSeconds: NEW_YEAR + 7 * DAY + 120,
    ignoreReason: null,
    ignoredUntilSeconds: null,
    appliedAtSeconds: null,
    appliedBy: null,
    actual: null,
    verification: null,
    ...part,
  };
}

/** One with a life: applied, measured, found to have saved less. */
export function regressed(id: string): Recommendation {
  return recommendation(id, {
    status: 'regressed',
    ignoreReason: 'not in December',
    ignoredUntilSeconds: NEW_YEAR + DAY,
    appliedAtSeconds: NEW_YEAR + 2 * DAY,
    appliedBy: 'watched',
    actual: { cpu_request: 700 },
    verification: {
      before: { startSeconds: NEW_YEAR - 7 * DAY, endSeconds: NEW_YEAR },
      after: WEEK,
      co2eSavedGramsPerDay: { central: -1.5, low: -3, high: 0.5 },
      costSavedPerDay: { central: 0.1, low: 0.05, high: 0.2 },
      measuredAtSeconds: NEW_YEAR + 8 * DAY,
      outcome: 'below',
      note: 'The load grew by a third.',
    },
  });
}

/** Savings of a day with these central figures. */
export function saves(co2eGrams: number, cost: number): Pick<Recommendation, 'savings'> {
  const { savings } = recommendation('x');
  const exactly = (central: number) => ({ central, low: central, high: central });
  return { savings: { ...savings, co2eGramsPerDay: exactly(co2eGrams), costPerDay: exactly(cost) } };
}

export function change(recommendationId: string, part: Partial<StatusChange> = {}): StatusChange {
  return {
    recommendationId,
    clusterId: CLUSTER,
    atSeconds: NEW_YEAR,
    status: 'active',
    reason: null,
    actual: null,
    ...part,
  };
}

export function savingsDay(recommendationId: string, day: number, part: Partial<SavingsDay> = {}): SavingsDay {
  return {
    recommendationId,
    clusterId: CLUSTER,
    dayStartSeconds: NEW_YEAR + day * DAY,
    durationSeconds: DAY,
    namespace: 'shop',
    type: 'RIGHTSIZING_CPU',
    promisedCo2eGrams: 10.5,
    promisedCost: 1.25,
    measuredCo2eGrams: null,
    measuredCost: null,
    ...part,
  };
}

export function score(day: number, part: Partial<Score> = {}): Score {
  return {
    clusterId: CLUSTER,
    namespace: null,
    atSeconds: NEW_YEAR + day * DAY + 7 * HOUR,
    score: 61.5 + (day % 7),
    dimensions: [
      { dimension: 'carbon', score: 55.5, weight: 0.8, figures: { grams_per_core_hour: 1.5, x: null }, note: 'high' },
      { dimension: 'scaling', score: null, weight: 0, figures: {}, note: 'no autoscaler' },
    ],
    raise: { dimension: 'carbon', points: 35.6, how: 'Move to a cleaner zone.' },
    ...part,
  };
}

export function filter(part: Partial<RecommendationFilter> = {}): RecommendationFilter {
  return {
    clusterIds: [],
    statuses: [],
    types: [],
    namespace: null,
    found: null,
    sort: 'co2e',
    limit: 100,
    offset: 0,
    ...part,
  };
}
