import { expect, test } from 'vitest';
import { nodeDays } from '../../../../src/core/savings/node-days.ts';
import { type NodePlans, namesOf, nodePlans } from '../../../../src/core/savings/node-plans.ts';
import type { Finding } from '../../../../src/model/recommendations/recommendation.ts';
import { GIB, layoutNode, layoutOf, layoutPod } from '../consolidation/layouts.ts';
import { analysisOf, findingOn } from './simulated-cluster.ts';

const asks = (cpuMillicores: number) => ({ requests: { cpuMillicores, memoryBytes: GIB } });
const layout = layoutOf(
  ['n1', 'n2', 'n3', 'n4'].map((name) => layoutNode(name)),
  [
    layoutPod('tiny-0', 'n1', asks(100)),
    layoutPod('shop-0', 'n2', asks(3000)),
    layoutPod('mail-0', 'n3', asks(3000)),
    layoutPod('night-0', 'n4', asks(3000)),
  ],
);
const input = analysisOf(layout);

function plansOf(findings: readonly Finding[]): NodePlans {
  const steps = nodePlans(input, layout, nodeDays(input), findings);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
const stop = findingOn('mail', { type: 'ZOMBIE_POD' });
const sleep = findingOn('night', { type: 'OFF_PEAK_SCALING', recommended: { off_peak_hours_per_week: 60 } });

test('nothing to follow is the plan of now, thrice', () => {
  const plans = plansOf([]);
  expect(namesOf(plans.now)).toEqual(['n1']);
  expect(plans.followed).toBe(plans.now);
  expect(plans.asleep).toBe(plans.now);
});

test('each plan keeps what the smaller one found, and finds more', () => {
  const plans = plansOf([stop, sleep]);
  expect(namesOf(plans.now)).toEqual(['n1']);
  expect(namesOf(plans.followed)).toEqual(['n1', 'n3']);
  expect(namesOf(plans.asleep)).toEqual(['n1', 'n3', 'n4']);
  expect(namesOf(plansOf([sleep]).followed)).toEqual(['n1']);
});
