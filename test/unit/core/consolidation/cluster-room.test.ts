import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClusterRoom } from '../../../../src/core/consolidation/cluster-room.ts';
import { labelsOfNode, matchesNodeTerms, repellingTaint } from '../../../../src/core/consolidation/match-labels.ts';
import { isOpen, nodeFits } from '../../../../src/core/consolidation/node-fit.ts';
import { podRules } from '../../../../src/core/consolidation/pod-watches.ts';
import type { LayoutNode, LayoutPod } from '../../../../src/model/scheduling.ts';
import { anyLayout } from './any-layout.ts';
import { GIB, layoutNode, layoutPod, selectorOf, termOf } from './layouts.ts';
import { obstacle } from './simple-scheduler.ts';

const held = (pod: LayoutPod) => ({ ...pod.requests, gpus: pod.requests.gpus ?? 0 });
const roomOf = (nodes: readonly LayoutNode[], pods: readonly LayoutPod[]) => {
  const room = new ClusterRoom(nodes, pods, held);
  pods.forEach((pod, index) => {
    const node = nodes.findIndex(({ name }) => name === pod.node);
    if (node >= 0) room.put(index, node);
  });
  return room;
};

describe('room', () => {
  const nodes = ['a', 'b', 'c'].map((name) => layoutNode(name));

  test('is best used where the least is left, the first on a tie', () => {
    const waits = layoutPod('x-0', null);
    expect(roomOf(nodes, [waits]).bestPlace(0)).toBe(0);
    expect(roomOf(nodes, [waits, layoutPod('y-0', 'b')]).bestPlace(0)).toBe(1);
    const memory = { requests: { cpuMillicores: 0, memoryBytes: 8 * GIB } };
    expect(roomOf(nodes, [waits, layoutPod('y-0', 'b'), layoutPod('z-0', 'c', memory)]).bestPlace(0)).toBe(2);
  });

  test('is free again once a pod is taken away', () => {
    const large = { requests: { cpuMillicores: 3800, memoryBytes: GIB }, hostPorts: [80] };
    const room = roomOf([layoutNode('a')], [layoutPod('x-0', 'a', large), layoutPod('y-0', null, large)]);
    expect(room.bestPlace(1)).toBe(-1);
    expect(room.take(0)).toBe(0);
    expect(room.take(0)).toBe(-1);
    expect(room.bestPlace(1)).toBe(0);
    room.put(1, 0);
    expect(room.bestPlace(0)).toBe(-1);
    expect([...room.placeOf]).toEqual([-1, 0]);
  });

  test('is none on a node that no longer stands', () => {
    const room = roomOf(nodes, [layoutPod('x-0', null)]);
    room.stands[0] = 0;
    expect(room.bestPlace(0)).toBe(1);
    room.stands.fill(0);
    expect(room.bestPlace(0)).toBe(-1);
    expect(room.bestPlace(99)).toBe(-1);
  });

  test('of a host port that two pods share is taken until both are gone', () => {
    const port = { hostPorts: [53] };
    const room = roomOf(
      [layoutNode('a')],
      [layoutPod('x-0', 'a', port), layoutPod('y-0', 'a', port), layoutPod('z-0', null, port)],
    );
    room.take(0);
    expect(room.bestPlace(2)).toBe(-1);
    room.take(1);
    expect(room.bestPlace(2)).toBe(0);
  });

  test('says who lost a companion', () => {
    const needy = layoutPod('needy-0', 'a', { affinity: [termOf('mate')] });
    const room = roomOf(nodes, [needy, layoutPod('mate-0', 'a')]);
    expect(room.keepsCompany(0)).toBe(true);
    room.take(1);
    expect(room.keepsCompany(0)).toBe(false);
    room.put(1, 1);
    expect(room.keepsCompany(0)).toBe(false);
    room.take(0);
    expect(room.keepsCompany(0)).toBe(true);
  });

  test('lets the first of its kind be alone, not one whose kind is elsewhere', () => {
    const own = { affinity: [termOf('x')] };
    const room = roomOf(nodes, [layoutPod('x-0', 'a', own), layoutPod('x-1', 'b', own)]);
    expect(room.keepsCompany(0)).toBe(false);
    room.take(1);
    expect(room.keepsCompany(0)).toBe(true);
  });

  test('says how uneven pods lie', () => {
    const spread = [{ selector: selectorOf({ app: 'x' }), topologyKey: 'kubernetes.io/hostname', maxSkew: 1 }];
    const room = roomOf(
      nodes,
      ['a', 'a', 'b'].map((node, index) => layoutPod(`x-${index}`, node, { spread })),
    );
    const [first] = room.pods;
    const rule = first?.rules.spread[0];
    if (first === undefined || rule === undefined) throw new Error('no rule');
    expect(room.skewOf(rule, first.fit)).toBe(2);
    room.stands[2] = 0;
    expect(room.skewOf(rule, first.fit)).toBe(1);
    room.stands.fill(0);
    expect(room.skewOf(rule, first.fit)).toBe(0);
  });

  test('agrees with another scheduler on every pod of every cluster', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const room = roomOf(layout.nodes, layout.pods);
        layout.pods.forEach((pod, index) => {
          const node = room.take(index);
          const place = room.bestPlace(index);
          const others = layout.pods.filter((other) => other !== pod);
          const possible = layout.nodes.map((each) => obstacle(pod, each, layout.nodes, others) === null);
          expect(place >= 0).toBe(possible.includes(true));
          if (place >= 0) expect(possible[place]).toBe(true);
          room.put(index, node);
        });
      }),
      { numRuns: 200 },
    );
  });
});

describe('rules between pods', () => {
  test('are kept once, however many pods have them', () => {
    const pods = [0, 1, 2].map((index) => layoutPod(`x-${index}`, 'a', { antiAffinity: [termOf('x')] }));
    const rules = podRules([layoutNode('a')], pods);
    expect(new Set(rules.flatMap(({ antiAffinity }) => antiAffinity)).size).toBe(1);
    expect(rules.map(({ matched }) => matched.length)).toEqual([1, 1, 1]);
  });

  test('without a label to find them by are found too', () => {
    const selector = { matchLabels: {}, requirements: [{ key: 'app', operator: 'Exists', values: [] }] };
    const pods = [layoutPod('x-0', 'a', { antiAffinity: [{ ...termOf('x'), selector }] }), layoutPod('y-0', 'a')];
    expect(podRules([layoutNode('a')], pods).map(({ matched }) => matched.length)).toEqual([1, 1]);
  });
});

describe('nodes for pods', () => {
  test('are looked up once for pods that ask for the same', () => {
    const fitOf = nodeFits([layoutNode('a'), layoutNode('b', { unschedulable: true })]);
    const [one, two] = [fitOf(layoutPod('x-0', null)), fitOf(layoutPod('y-0', null))];
    expect(one).toBe(two);
    expect([[...one.selects], [...one.admits]]).toEqual([
      [1, 1],
      [1, 0],
    ]);
    expect(fitOf(layoutPod('z-0', null, { nodeSelector: { zone: 'b' } }))).not.toBe(one);
  });

  test('are open where they are ready and not cordoned', () => {
    expect([
      isOpen(layoutNode('a')),
      isOpen(layoutNode('a', { ready: false })),
      isOpen(layoutNode('a', { unschedulable: true })),
    ]).toEqual([true, false, false]);
  });

  test('have their name as a label, also where nobody set it', () => {
    expect(labelsOfNode(layoutNode('a', { labels: { zone: 'z' } }))).toEqual({
      zone: 'z',
      'kubernetes.io/hostname': 'a',
    });
    expect(labelsOfNode(layoutNode('a', { labels: { 'kubernetes.io/hostname': 'other' } }))).toEqual({
      'kubernetes.io/hostname': 'other',
    });
  });

  test('match any of no terms, and repel by the first taint that is not tolerated', () => {
    expect(matchesNodeTerms({}, [])).toBe(true);
    const taints = [
      { key: 'soft', value: null, effect: 'PreferNoSchedule' },
      { key: 'hard', value: null, effect: 'NoSchedule' },
    ];
    expect(repellingTaint(taints, [])?.key).toBe('hard');
    expect(repellingTaint([], [])).toBeNull();
  });
});
