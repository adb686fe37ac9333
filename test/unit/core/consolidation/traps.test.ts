import { describe, expect, test } from 'vitest';
import { consolidate } from '../../../../src/core/consolidation/consolidate.ts';
import type { StayReason } from '../../../../src/core/consolidation/plan.ts';
import type { ClusterLayout, LayoutNode, LayoutPod } from '../../../../src/model/scheduling.ts';
import { budgetOf, GIB, layoutNode, layoutOf, layoutPod, selectorOf, termOf } from './layouts.ts';

const HOSTNAME = 'kubernetes.io/hostname';

/** Two nodes with plenty of room: `a` holds one pod, `b` holds one that can't be moved, so that only `a` can go. */
function pair(
  pod: Partial<LayoutPod> = {},
  {
    a = {},
    b = {},
    others = [],
    ...rest
  }: Partial<ClusterLayout> & {
    readonly a?: Partial<LayoutNode>;
    readonly b?: Partial<LayoutNode>;
    readonly others?: readonly LayoutPod[];
  } = {},
): ClusterLayout {
  const pods = [layoutPod('cart-0', 'a', pod), layoutPod('db-0', 'b', { pinned: 'local data' }), ...others];
  return layoutOf([layoutNode('a', a), layoutNode('b', b)], pods, rest);
}

function why(layout: ClusterLayout, node = 'a'): StayReason | 'goes' {
  const plan = consolidate({ layout });
  return plan.staying.find((each) => each.node === node)?.reason ?? 'goes';
}

const NO_PLACE = { kind: 'no-place', pod: 'shop/cart-0' };

test('a node whose pod finds room elsewhere goes', () => {
  const plan = consolidate({ layout: pair() });
  expect(plan.going).toEqual([
    {
      node: 'a',
      moves: [{ uid: 'uid-cart-0', namespace: 'shop', name: 'cart-0', from: 'a', to: 'b' }],
      podsThatGo: 0,
    },
  ]);
  expect(plan.staying).toEqual([{ node: 'b', reason: { kind: 'pinned', pod: 'shop/db-0', why: 'local data' } }]);
  expect(plan.heldBy).toEqual(new Map([['b', { cpuMillicores: 1000, memoryBytes: 2 * GIB }]]));
});

describe('requests: a node stays where a pod finds no', () => {
  test.each<[string, Partial<LayoutPod>, Partial<LayoutNode>]>([
    ['CPU', { requests: { cpuMillicores: 3501, memoryBytes: 0 } }, {}],
    ['memory', { requests: { cpuMillicores: 0, memoryBytes: 15 * GIB + 2 } }, {}],
    ['GPU', { requests: { cpuMillicores: 0, memoryBytes: 0, gpus: 1 } }, {}],
    ['GPU that is free', { requests: { cpuMillicores: 0, memoryBytes: 0, gpus: 2 } }, { gpus: 1 }],
    ['place in the number of pods', {}, { podsAllocatable: 1 }],
  ])('%s', (_, pod, b) => {
    expect(why(pair(pod, { b }))).toEqual(NO_PLACE);
  });

  test.each<[string, Partial<LayoutPod>, Partial<LayoutNode>]>([
    ['CPU', { requests: { cpuMillicores: 3500, memoryBytes: 0 } }, {}],
    ['memory', { requests: { cpuMillicores: 0, memoryBytes: 15 * GIB } }, {}],
    ['GPU', { requests: { cpuMillicores: 0, memoryBytes: 0, gpus: 1 } }, { gpus: 1 }],
    ['pods', {}, { podsAllocatable: 2 }],
  ])('%s: exactly enough is enough', (_, pod, b) => {
    expect(why(pair(pod, { b }))).toBe('goes');
  });

  test('what is full already takes a pod that asks for nothing', () => {
    const others = [layoutPod('big-0', 'b', { requests: { cpuMillicores: 9000, memoryBytes: 0 } })];
    expect(why(pair({ requests: { cpuMillicores: 0, memoryBytes: GIB } }, { others }))).toBe('goes');
    expect(why(pair({ requests: { cpuMillicores: 1, memoryBytes: GIB } }, { others }))).toEqual(NO_PLACE);
  });
});

describe('taints', () => {
  const taint = (effect: string, value: string | null = 'x') => ({ taints: [{ key: 'only', value, effect }] });
  const tolerate = (changes: object) => ({
    tolerations: [{ key: 'only', operator: 'Equal' as const, value: 'x', effect: null, ...changes }],
  });

  test('keep pods away, unless they only prefer to', () => {
    expect(why(pair({}, { b: taint('NoSchedule') }))).toEqual(NO_PLACE);
    expect(why(pair({}, { b: taint('NoExecute') }))).toEqual(NO_PLACE);
    expect(why(pair({}, { b: taint('PreferNoSchedule') }))).toBe('goes');
  });

  test.each<[object, boolean]>([
    [{}, true],
    [{ value: 'y' }, false],
    [{ key: 'other' }, false],
    [{ effect: 'NoSchedule' }, true],
    [{ effect: 'NoExecute' }, false],
    [{ operator: 'Exists', value: null }, true],
    [{ operator: 'Exists', key: null, value: null }, true],
    [{ key: null }, false],
  ])('are tolerated by %j: %s', (changes, isTolerated) => {
    const reason = why(pair(tolerate(changes), { b: taint('NoSchedule') }));
    expect(reason === 'goes').toBe(isTolerated);
  });

  test('without a value are tolerated by a toleration without one', () => {
    expect(why(pair(tolerate({ value: null }), { b: taint('NoSchedule', null) }))).toBe('goes');
  });
});

describe('labels of nodes', () => {
  test('a node selector holds', () => {
    expect(why(pair({ nodeSelector: { disk: 'ssd' } }))).toEqual(NO_PLACE);
    expect(why(pair({ nodeSelector: { disk: 'ssd' } }, { b: { labels: { disk: 'ssd' } } }))).toBe('goes');
  });

  test.each<[string, string, readonly string[], boolean]>([
    ['zone', 'In', ['b', 'c'], true],
    ['zone', 'In', ['a'], false],
    ['zone', 'NotIn', ['a'], true],
    ['zone', 'NotIn', ['b'], false],
    ['disk', 'NotIn', ['ssd'], true],
    ['zone', 'Exists', [], true],
    ['disk', 'Exists', [], false],
    ['disk', 'DoesNotExist', [], true],
    ['cores', 'Gt', ['3'], true],
    ['cores', 'Gt', ['4'], false],
    ['cores', 'Lt', ['5'], true],
    ['zone', 'Lt', ['5'], false],
    ['zone', 'Like', ['b'], false],
    [HOSTNAME, 'In', ['b'], true],
  ])('required affinity %s %s %j: %s', (key, operator, values, isMet) => {
    const labels = { zone: 'b', cores: '4' };
    const reason = why(pair({ nodeTerms: [[{ key, operator, values }]] }, { b: { labels } }));
    expect(reason === 'goes').toBe(isMet);
  });

  test('of several terms one will do, of several requirements none', () => {
    const met = { key: 'zone', operator: 'In', values: ['a'] };
    const not = { key: 'disk', operator: 'Exists', values: [] };
    expect(why(pair({ nodeTerms: [[not], [met]] }))).toBe('goes');
    expect(why(pair({ nodeTerms: [[not, met]] }))).toEqual(NO_PLACE);
    expect(why(pair({ nodeTerms: [[]] }))).toEqual(NO_PLACE);
  });
});

describe('pods beside pods', () => {
  const beside = (changes: Partial<LayoutPod>) => [layoutPod('other-0', 'b', changes)];

  test('anti-affinity of the pod that moves', () => {
    expect(why(pair({ antiAffinity: [termOf('other')] }, { others: beside({}) }))).toEqual(NO_PLACE);
    expect(why(pair({ antiAffinity: [termOf('nobody')] }, { others: beside({}) }))).toBe('goes');
  });

  test('anti-affinity of a pod that is there', () => {
    expect(why(pair({}, { others: beside({ antiAffinity: [termOf('cart')] }) }))).toEqual(NO_PLACE);
  });

  test('in other namespaces only where they are named', () => {
    const others = beside({ namespace: 'data' });
    expect(why(pair({ antiAffinity: [termOf('other')] }, { others }))).toBe('goes');
    const term = { ...termOf('other'), namespaces: ['data'] };
    expect(why(pair({ antiAffinity: [term] }, { others }))).toEqual(NO_PLACE);
  });

  test('by another topology than the node', () => {
    const far = layoutNode('c', { labels: { zone: 'a' }, unschedulable: true });
    const layout = pair({ antiAffinity: [termOf('other', 'zone')] });
    const other = layoutPod('other-0', 'c');
    const having = (nodes: readonly LayoutNode[]) => ({ ...layout, nodes, pods: [...layout.pods, other] });
    expect(why(having([...layout.nodes, far]))).toEqual(NO_PLACE);
    expect(why(having([...layout.nodes, { ...far, labels: { zone: 'z' } }]))).toBe('goes');
  });

  test('affinity wants its companion', () => {
    expect(why(pair({ affinity: [termOf('other')] }, { others: beside({}) }))).toBe('goes');
    const away = [layoutPod('other-0', 'c')];
    const layout = pair({ affinity: [termOf('other')] }, { others: away });
    const nodes = [...layout.nodes, layoutNode('c', { unschedulable: true })];
    expect(why({ ...layout, nodes })).toEqual(NO_PLACE);
  });

  test('the first of its kind may go anywhere that has the topology', () => {
    expect(why(pair({ affinity: [termOf('cart', 'zone')] }))).toBe('goes');
    expect(why(pair({ affinity: [termOf('cart', 'rack')] }))).toEqual(NO_PLACE);
  });

  test('two that want each other move together', () => {
    const others = [layoutPod('mate-0', 'a', { requests: { cpuMillicores: 100, memoryBytes: 0 } })];
    expect(why(pair({ affinity: [termOf('mate')] }, { others }))).toBe('goes');
  });

  test('who has a companion here keeps it: moving the companion alone would leave it without', () => {
    const needy = layoutPod('needy-0', 'c', { affinity: [termOf('cart', 'zone')], pinned: 'local data' });
    const layout = pair({}, { a: { labels: { zone: 'x' } }, others: [needy] });
    const nodes = [...layout.nodes, layoutNode('c', { labels: { zone: 'x' }, podsAllocatable: 1 })];
    expect(why({ ...layout, nodes })).toEqual({ kind: 'others', pod: 'shop/needy-0' });
  });
});

describe('spread', () => {
  const spread = [{ selector: selectorOf({ app: 'front' }), topologyKey: 'zone', maxSkew: 1 }];
  const front = (index: number, node: string) => layoutPod(`front-${index}`, node, { spread });
  const nodes = [
    layoutNode('a1', { labels: { zone: 'a' } }),
    layoutNode('a2', { labels: { zone: 'a' } }),
    layoutNode('b1', { labels: { zone: 'b' }, podsAllocatable: 2 }),
  ];

  test('a pod goes where it keeps the balance', () => {
    const layout = layoutOf(nodes, [front(0, 'a1'), front(1, 'b1'), layoutPod('db-0', 'a2', { pinned: 'x' })]);
    const plan = consolidate({ layout });
    expect(plan.going.map(({ node, moves }) => [node, moves[0]?.to])).toEqual([['a1', 'a2']]);
  });

  test('a zone that pods are spread over does not end for it', () => {
    const pinned = ['b1', 'c1'].map((node, index) => layoutPod(`db-${index}`, node, { pinned: 'x' }));
    const zones = ['a', 'b', 'c'].map((zone) => layoutNode(`${zone}1`, { labels: { zone } }));
    const layout = layoutOf(zones, [front(0, 'a1'), front(1, 'b1'), front(2, 'c1'), ...pinned]);
    expect(why(layout, 'a1')).toEqual({ kind: 'no-place', pod: 'shop/front-0' });
    // Spread over nodes says nothing of nodes that are gone.
    const byNode = [{ selector: selectorOf({ app: 'front' }), topologyKey: HOSTNAME, maxSkew: 1 }];
    const pods = layout.pods.map((pod) => ({ ...pod, spread: pod.spread.length === 0 ? [] : byNode }));
    expect(why({ ...layout, pods }, 'a1')).toBe('goes');
  });

  test('moving others does not leave them uneven', () => {
    // `other` matches the rule of the fronts, and none of its own: the scheduler would put it anywhere.
    const selector = { matchLabels: {}, requirements: [{ key: 'app', operator: 'In', values: ['front', 'other'] }] };
    const even = (index: number, node: string) =>
      layoutPod(`front-${index}`, node, { spread: [{ selector, topologyKey: 'zone', maxSkew: 1 }], pinned: 'x' });
    const layout = layoutOf(
      [
        layoutNode('a1', { labels: { zone: 'a' } }),
        layoutNode('b1', { labels: { zone: 'b' } }),
        layoutNode('b2', { labels: { zone: 'b' }, podsAllocatable: 1 }),
      ],
      [even(0, 'a1'), layoutPod('other-0', 'b1'), layoutPod('db-0', 'b2', { pinned: 'x' })],
    );
    expect(why(layout, 'b1')).toEqual({ kind: 'others', pod: 'shop/front-0' });
  });

  test('nodes without the topology take none of them', () => {
    const layout = pair({ spread: [{ selector: selectorOf({ app: 'cart' }), topologyKey: 'rack', maxSkew: 1 }] });
    expect(why(layout)).toEqual(NO_PLACE);
  });
});

test('host ports are taken once a node', () => {
  const others = [layoutPod('proxy-0', 'b', { hostPorts: [80, 443] })];
  expect(why(pair({ hostPorts: [443] }, { others }))).toEqual(NO_PLACE);
  expect(why(pair({ hostPorts: [8443] }, { others }))).toBe('goes');
});

describe('disruption budgets', () => {
  test('that allow one let one go', () => {
    expect(why(pair({}, { budgets: [budgetOf('cart', 1)] }))).toBe('goes');
  });

  test('that allow none now, or never, pin their pods', () => {
    const reason = { kind: 'budget', pod: 'shop/cart-0', budget: 'shop/cart-budget' };
    expect(why(pair({}, { budgets: [budgetOf('cart', 0)] }))).toEqual(reason);
    expect(why(pair({}, { budgets: [budgetOf('cart', 5, { neverAllows: true })] }))).toEqual(reason);
  });

  test('that allow fewer than run on the node keep it', () => {
    const others = [layoutPod('cart-1', 'a')];
    const reason = { kind: 'budget', pod: null, budget: 'shop/cart-budget' };
    expect(why(pair({}, { others, budgets: [budgetOf('cart', 1)] }))).toEqual(reason);
    expect(why(pair({}, { others, budgets: [budgetOf('cart', 2)] }))).toBe('goes');
  });

  test('two over one pod pin it: no eviction is allowed then', () => {
    const budgets = [budgetOf('cart', 1), budgetOf('cart', 1, { name: 'all', selector: selectorOf({}) })];
    expect(why(pair({}, { budgets }))).toEqual({
      kind: 'budget',
      pod: 'shop/cart-0',
      budget: 'shop/cart-budget and shop/all',
    });
  });

  test('of another namespace or of DaemonSets guard nothing here', () => {
    expect(why(pair({}, { budgets: [budgetOf('cart', 0, { namespace: 'data' })] }))).toBe('goes');
    expect(why(pair({ isDaemonSet: true }, { budgets: [budgetOf('cart', 0)] }))).toBe('goes');
  });
});

describe('pods that are not moved', () => {
  test('of a DaemonSet and of the kubelet go with their node, though nothing would have room', () => {
    const full = { b: { podsAllocatable: 1 } };
    for (const kind of [{ isDaemonSet: true }, { isStatic: true, owner: null, pinned: 'static' }]) {
      const plan = consolidate({ layout: pair(kind, full) });
      expect(plan.going).toEqual([{ node: 'a', moves: [], podsThatGo: 1 }]);
    }
  });

  test('pinned ones and those without owner keep their node', () => {
    expect(why(pair({ pinned: 'safe-to-evict: false' }))).toEqual({
      kind: 'pinned',
      pod: 'shop/cart-0',
      why: 'safe-to-evict: false',
    });
    expect(why(pair({ owner: null }))).toEqual({ kind: 'no-owner', pod: 'shop/cart-0' });
  });

  test('ended ones hold nothing', () => {
    for (const phase of ['Succeeded', 'Failed'] as const) {
      expect(why(pair({ phase, pinned: 'x', requests: { cpuMillicores: 9000, memoryBytes: 0 } }))).toBe('goes');
    }
  });

  test('waiting ones take the room that they wait for', () => {
    const waiting = layoutPod('new-0', null, { requests: { cpuMillicores: 3200, memoryBytes: 0 }, owner: null });
    expect(why(pair({}, { others: [waiting] }))).toMatchObject({ kind: 'no-place' });
    const tooBig = { ...waiting, requests: { cpuMillicores: 5000, memoryBytes: 0 } };
    expect(why(pair({}, { others: [tooBig] }))).toBe('goes');
  });
});

describe('nodes that are not asked', () => {
  test.each<[string, Partial<LayoutNode>]>([
    ['control-plane', { isControlPlane: true }],
    ['not-ready', { ready: false }],
    ['cordoned', { unschedulable: true }],
  ])('%s: they stay', (kind, a) => {
    expect(why(pair({}, { a }))).toEqual({ kind });
  });

  test.each<[string, Partial<LayoutNode>]>([
    ['not-ready', { ready: false }],
    ['cordoned', { unschedulable: true }],
  ])('%s: they take no pods', (_, b) => {
    const layout = pair({}, { b, others: [layoutPod('db-1', 'c', { pinned: 'x' })] });
    const third = layoutNode('c', { podsAllocatable: 1 });
    expect(why({ ...layout, nodes: [...layout.nodes, third] })).toEqual(NO_PLACE);
  });

  test('the last that takes pods stays, also where nothing runs', () => {
    const layout = layoutOf([layoutNode('a'), layoutNode('b'), layoutNode('c', { isControlPlane: true })], []);
    expect(consolidate({ layout }).going.map(({ node }) => node)).toEqual(['a']);
    expect(why(layout, 'b')).toEqual({ kind: 'last' });
    expect(consolidate({ layout: layoutOf([], []) })).toEqual({ going: [], staying: [], heldBy: new Map() });
  });
});
