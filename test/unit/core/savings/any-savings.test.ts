import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditSavings } from '../../../../src/core/savings/credit-savings.ts';
import { clusterDay, jointSavings } from '../../../../src/core/savings/joint.ts';
import type { Interval } from '../../../../src/model/bounds.ts';
import type { Finding, RecommendationType } from '../../../../src/model/recommendations/recommendation.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { anyLayout } from '../consolidation/any-layout.ts';
import { analysisOf, dayOf, findingOn, run } from './simulated-cluster.ts';

const RUNS = { numRuns: 12 };
const TYPES: readonly RecommendationType[] = [
  'RIGHTSIZING_CPU',
  'RIGHTSIZING_MEMORY',
  'ZOMBIE_POD',
  'OFF_PEAK_SCALING',
  'IDLE_NAMESPACE',
  'CARBON_AWARE_SCHEDULING',
  'AUTOSCALING_CANDIDATE',
];

/** Also claims beyond all that there is. */
const anyFindings: fc.Arbitrary<readonly Finding[]> = fc.array(
  fc
    .record({
      type: fc.constantFrom(...TYPES),
      app: fc.constantFrom('a', 'b', 'c', 'd'),
      namespace: fc.constantFrom('shop', 'data'),
      grams: fc.integer({ min: 0, max: 20_000 }),
      money: fc.integer({ min: 0, max: 100 }),
      cpu: fc.integer({ min: -500, max: 9000 }),
      hours: fc.integer({ min: 0, max: 200 }),
    })
    .map(({ type, app, namespace, grams, money, cpu, hours }) => {
      const isNamespace = type === 'IDLE_NAMESPACE';
      const claim = {
        co2eGramsPerDay: { low: grams / 2, central: grams, high: grams * 1.5 },
        costPerDay: { low: 0, central: money, high: money },
        freedCpuMillicores: cpu,
        freedMemoryBytes: cpu * 1e6,
      };
      return findingOn(
        app,
        {
          id: `${type} ${namespace} ${isNamespace ? '' : app}`,
          type,
          scope: isNamespace ? 'namespace' : 'workload',
          recommended: { off_peak_hours_per_week: hours },
          target: {
            clusterId: 'c1',
            namespace,
            ownerKind: isNamespace ? null : 'Deployment',
            ownerName: isNamespace ? null : app,
            node: null,
          },
        },
        claim,
      );
    }),
  { maxLength: 10 },
);
const unique = (findings: readonly Finding[]) => [
  ...new Map(findings.map((finding) => [finding.id, finding])).values(),
];

const isOrdered = ({ low, central, high }: Interval) => {
  expect(low).toBeGreaterThanOrEqual(0);
  expect(central).toBeGreaterThanOrEqual(low);
  expect(high).toBeGreaterThanOrEqual(central);
};

function check(holds: (layout: ClusterLayout, findings: readonly Finding[]) => void): void {
  fc.assert(
    fc.property(anyLayout, anyFindings, (layout, findings) => holds(layout, unique(findings))),
    RUNS,
  );
}

describe('whatever the cluster and the list', () => {
  test('it never promises more than the cluster emits or costs', () => {
    check((layout, findings) => {
      const hours = run(layout);
      const { joint } = creditSavings(findings, analysisOf(layout, hours));
      const day = dayOf(hours);
      expect(joint.co2eGramsPerDay.central).toBeLessThanOrEqual(day.co2eGrams * (1 + 1e-9));
      expect(joint.costPerDay.central).toBeLessThanOrEqual(day.cost * (1 + 1e-9));
      expect(joint.embodiedGramsPerDay.central).toBeLessThanOrEqual(day.embodiedGrams * (1 + 1e-9));
      expect(joint.nodesThatCanGo).toBeLessThan(Math.max(1, layout.nodes.length));
      for (const part of [joint.co2eGramsPerDay, joint.costPerDay, joint.embodiedGramsPerDay]) isOrdered(part);
    });
  });

  test('where no node goes for them, smaller requests promise nothing at all', () => {
    check((layout, all) => {
      const findings = all.filter(({ type }) => type.startsWith('RIGHTSIZING'));
      const { findings: credited, plan } = creditSavings(findings, analysisOf(layout));
      const ofWork = credited.filter(({ type }) => type.startsWith('RIGHTSIZING'));
      const joint = jointSavings(ofWork, clusterDay(analysisOf(layout)));
      const sum = ofWork.reduce((total, { savings }) => total + savings.co2eGramsPerDay.central, 0);
      if (joint.nodesThatCanGo === 0) expect(sum).toBe(0);
      for (const { savings } of ofWork) expect(savings.co2eGramsPerDay.low).toBe(0);
      expect(plan).not.toBeNull();
    });
  });

  test('part of a list promises no more than all of it', () => {
    check((layout, findings) => {
      const input = analysisOf(layout);
      const { findings: credited, joint } = creditSavings(findings, input);
      const half = jointSavings(
        credited.filter((_, index) => index % 2 === 0),
        clusterDay(input),
      );
      const sized = credited.some(({ type }) => type === 'OVERPROVISIONED_NODE');
      // A smaller node in place of one that goes is another list, not a part of this one.
      if (!sized) expect(half.co2eGramsPerDay.central).toBeLessThanOrEqual(joint.co2eGramsPerDay.central + 1e-6);
      expect(half.nodesThatCanGo).toBeLessThanOrEqual(joint.nodesThatCanGo);
    });
  });

  test('every promise has a range in order', () => {
    check((layout, findings) => {
      for (const { savings } of creditSavings(findings, analysisOf(layout)).findings) {
        isOrdered(savings.co2eGramsPerDay);
        isOrdered(savings.costPerDay);
        isOrdered(savings.embodiedGramsPerDay);
      }
    });
  });
});
