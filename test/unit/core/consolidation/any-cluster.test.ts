import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consolidate, consolidation } from '../../../../src/core/consolidation/consolidate.ts';
import type { ConsolidationPlan } from '../../../../src/core/consolidation/plan.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { anyLayout } from './any-layout.ts';
import { applied, brokenRules, obstacle, skews } from './simple-scheduler.ts';

const RUNS = { numRuns: 150 };

function check(holds: (layout: ClusterLayout, plan: ConsolidationPlan) => void): void {
  fc.assert(
    fc.property(anyLayout, (layout) => holds(layout, consolidate({ layout }))),
    RUNS,
  );
}

describe('whatever the cluster', () => {
  test('it breaks no rule that it kept before, by another scheduler', () => {
    let gone = 0;
    check((layout, plan) => {
      expect(brokenRules(layout)).toEqual([]);
      const after = applied(layout, plan);
      expect(brokenRules(after)).toEqual([]);
      gone += plan.going.length;
    });
    // Otherwise nothing was tried.
    expect(gone).toBeGreaterThan(RUNS.numRuns / 2);
  });

  test('pods lie no less evenly than their rule wants, or than they lay before', () => {
    check((layout, plan) => {
      const before = skews(layout);
      for (const [rule, skew] of skews(applied(layout, plan)))
        expect(skew).toBeLessThanOrEqual(Math.max(1, before.get(rule) ?? 0));
    });
  });

  test('every pod that is moved could be started where it goes', () => {
    check((layout, plan) => {
      const after = applied(layout, plan);
      for (const { moves } of plan.going) {
        for (const { uid, to } of moves) {
          const pod = after.pods.find((each) => each.uid === uid);
          const node = after.nodes.find(({ name }) => name === to);
          if (pod === undefined || node === undefined) throw new Error('moved nowhere');
          const others = after.pods.filter((each) => each !== pod && each.node !== null);
          expect(obstacle({ ...pod, spread: [] }, node, after.nodes, others)).toBeNull();
        }
      }
    });
  });

  test('no pod is lost, and none is moved that must not be', () => {
    check((layout, plan) => {
      const gone = new Set(plan.going.map(({ node }) => node));
      const moved = new Set(plan.going.flatMap(({ moves }) => moves.map(({ uid }) => uid)));
      for (const pod of layout.pods) {
        const onGoing = gone.has(pod.node ?? '');
        expect(moved.has(pod.uid)).toBe(onGoing && !pod.isDaemonSet);
        if (onGoing && !pod.isDaemonSet) expect([pod.pinned, pod.owner === null]).toEqual([null, false]);
      }
    });
  });

  test('no drain takes more pods of a budget than it allows', () => {
    check((layout, plan) => {
      for (const { moves } of plan.going) {
        for (const budget of layout.budgets) {
          const taken = moves.filter(
            ({ name, namespace }) =>
              namespace === budget.namespace && name.startsWith(`${budget.selector.matchLabels.app}-`),
          );
          expect(taken.length).toBeLessThanOrEqual(budget.disruptionsAllowed);
        }
      }
    });
  });

  test('each node goes or stays, those that are no candidates stay, and one is left', () => {
    check((layout, plan) => {
      const names = [...plan.going.map(({ node }) => node), ...plan.staying.map(({ node }) => node)];
      expect(names.sort()).toEqual(layout.nodes.map(({ name }) => name).sort());
      for (const { node } of plan.going) {
        expect(layout.nodes.find(({ name }) => name === node)).toMatchObject({
          isControlPlane: false,
          ready: true,
          unschedulable: false,
        });
      }
      expect(plan.going.length).toBeLessThan(layout.nodes.length);
    });
  });

  test('the plan is the same for the same cluster, in whatever order it is listed', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const turned = { ...layout, nodes: [...layout.nodes].reverse(), pods: [...layout.pods].reverse() };
        const { going, staying } = consolidate({ layout: turned });
        const sorted = (plan: Pick<ConsolidationPlan, 'going' | 'staying'>) =>
          plan.going.map(({ moves, ...rest }) => ({
            ...rest,
            moves: moves.map(({ uid, to }) => `${uid} ${to}`).sort(),
          }));
        expect(sorted({ going, staying })).toEqual(sorted(consolidate({ layout })));
      }),
      { numRuns: 100 },
    );
  });
});

test('a plan comes in as many pieces as there are nodes to try, and asks for nothing between', () => {
  fc.assert(
    fc.property(anyLayout, (layout) => {
      const steps = [...consolidation({ layout })];
      expect(steps.length).toBeLessThanOrEqual(layout.nodes.length + 1);
    }),
    { numRuns: 50 },
  );
});
