import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditSavings } from '../../../../src/core/savings/credit-savings.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { anyLayout } from '../consolidation/any-layout.ts';
import { GIB } from '../consolidation/layouts.ts';
import { applied, brokenRules } from '../consolidation/simple-scheduler.ts';
import { analysisOf, dayOf, run } from './simulated-cluster.ts';

/** All of one type, so that work takes about the same wherever it runs. */
const anyAlike: fc.Arbitrary<ClusterLayout> = anyLayout.map((layout) => ({
  ...layout,
  nodes: layout.nodes.map((node) => ({ ...node, cpuAllocatableMillicores: 8000, memoryAllocatableBytes: 32 * GIB })),
}));

describe('a plan for any cluster, carried out and measured', () => {
  test('keeps every rule, and saves the money and manufacture that it promised, and no less carbon', () => {
    fc.assert(
      fc.property(anyAlike, (layout) => {
        const hours = run(layout);
        const { plan, findings } = creditSavings([], analysisOf(layout, hours));
        const promised = findings.find(({ type }) => type === 'CONSOLIDATE_NODES')?.savings;
        if (plan === null || promised === undefined) return;
        const later = applied(layout, plan);
        expect(brokenRules(later)).toEqual([]);
        const [before, after] = [dayOf(hours), dayOf(run(later, layout))];
        expect(before.cost - after.cost).toBeCloseTo(promised.costPerDay.central, 6);
        expect(before.embodiedGrams - after.embodiedGrams).toBeCloseTo(promised.embodiedGramsPerDay.central, 6);
        const saved = before.co2eGrams - after.co2eGrams;
        expect(saved).toBeGreaterThanOrEqual(promised.co2eGramsPerDay.central * (1 - 1e-9));
        expect(saved).toBeLessThanOrEqual(before.co2eGrams);
      }),
      { numRuns: 15 },
    );
  });
});
