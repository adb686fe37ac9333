import fc from 'fast-check';
import type { ClusterLayout, LayoutNode, LayoutPod, PodTerm } from '../../../../src/model/scheduling.ts';
import { budgetOf, GIB, layoutNode, layoutOf, layoutPod, selectorOf, termOf } from './layouts.ts';
import { obstacle } from './simple-scheduler.ts';

const HOSTNAME = 'kubernetes.io/hostname';
const APPS = ['a', 'b', 'c', 'd'] as const;
const key = fc.constantFrom(HOSTNAME, 'zone');
const term: fc.Arbitrary<PodTerm> = fc
  .tuple(fc.constantFrom(...APPS), key, fc.boolean())
  .map(([app, topologyKey, everywhere]) => ({
    ...termOf(app, topologyKey),
    namespaces: everywhere ? ['shop', 'data'] : [],
  }));

/** Rules of an application; rare enough that most pods find a place. */
const anyApp = fc.record({
  namespace: fc.constantFrom('shop', 'data'),
  cpu: fc.integer({ min: 0, max: 1500 }),
  memory: fc.integer({ min: 0, max: 4 }),
  affinity: fc.oneof(
    { weight: 4, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(term, { maxLength: 2 }) },
  ),
  antiAffinity: fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 1, arbitrary: fc.array(term, { maxLength: 1 }) },
  ),
  spread: fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: key }),
  selectsDisk: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
  avoidsZone: fc.constantFrom(null, null, null, 'a', 'b'),
  tolerates: fc.boolean(),
  port: fc.constantFrom(null, null, null, null, 80),
  gpus: fc.constantFrom(0, 0, 0, 0, 1),
  isDaemonSet: fc.integer({ min: 0, max: 9 }).map((value) => value === 0),
  isPinned: fc.integer({ min: 0, max: 14 }).map((value) => value === 0),
  isBare: fc.integer({ min: 0, max: 14 }).map((value) => value === 0),
  /** Disruptions that a budget over it allows; null: none. */
  budget: fc.constantFrom(null, null, null, 0, 1, 2),
  pods: fc.integer({ min: 0, max: 7 }),
});

const anyNode = fc.record({
  zone: fc.constantFrom('a', 'b', 'c'),
  disk: fc.constantFrom('ssd', 'hdd'),
  cores: fc.constantFrom(2, 4, 8),
  tainted: fc.integer({ min: 0, max: 4 }).map((value) => value === 0),
  gpus: fc.constantFrom(0, 0, 2),
  podsAllocatable: fc.constantFrom(3, 110, 110),
  state: fc.constantFrom('', '', '', '', '', 'cordoned', 'not-ready', 'control-plane'),
});

/** A cluster that keeps all its rules: each pod was put where a scheduler could put it. */
export const anyLayout: fc.Arbitrary<ClusterLayout> = fc
  .tuple(fc.array(anyNode, { minLength: 1, maxLength: 8 }), fc.tuple(anyApp, anyApp, anyApp, anyApp), fc.nat(7))
  .map(([rawNodes, apps, offset]) => {
    const nodes = rawNodes.map((raw, index): LayoutNode => {
      const name = `n${index}`;
      return layoutNode(name, {
        cpuAllocatableMillicores: raw.cores * 1000,
        memoryAllocatableBytes: raw.cores * 4 * GIB,
        gpus: raw.gpus,
        podsAllocatable: raw.podsAllocatable,
        labels: { [HOSTNAME]: name, zone: raw.zone, disk: raw.disk },
        taints: raw.tainted ? [{ key: 'special', value: 'yes', effect: 'NoSchedule' }] : [],
      });
    });
    const placed: LayoutPod[] = [];
    apps.forEach((app, index) => {
      const name = APPS[index] ?? 'a';
      const templates = podsOf(name, app, nodes);
      templates.forEach((pod, count) => {
        // Not always the first: a cluster that grew is not packed.
        const order = nodes.map((_, place) => nodes[(place + offset + count * 3) % nodes.length]);
        const node = order.find(
          (each) =>
            each !== undefined && (pod.node ?? each.name) === each.name && obstacle(pod, each, nodes, placed) === null,
        );
        if (node !== undefined) placed.push({ ...pod, node: node.name, phase: 'Running' });
      });
    });
    const states = nodes.map((node, index): LayoutNode => {
      const state = rawNodes[index]?.state;
      return {
        ...node,
        unschedulable: state === 'cordoned',
        ready: state !== 'not-ready',
        isControlPlane: state === 'control-plane',
      };
    });
    const budgets = apps.flatMap((app, index) =>
      app.budget === null ? [] : [budgetOf(APPS[index] ?? 'a', app.budget, { namespace: app.namespace })],
    );
    return layoutOf(states, placed, { budgets });
  });

function podsOf(
  name: string,
  app: typeof anyApp extends fc.Arbitrary<infer T> ? T : never,
  nodes: readonly LayoutNode[],
) {
  const pod = (index: number, node: string | null): LayoutPod =>
    layoutPod(`${name}-${index}`, node, {
      namespace: app.namespace,
      requests: { cpuMillicores: app.cpu, memoryBytes: app.memory * GIB, ...(app.gpus > 0 ? { gpus: app.gpus } : {}) },
      nodeSelector: app.selectsDisk ? { disk: 'ssd' } : {},
      nodeTerms: app.avoidsZone === null ? [] : [[{ key: 'zone', operator: 'NotIn', values: [app.avoidsZone] }]],
      tolerations: app.tolerates ? [{ key: 'special', operator: 'Exists', value: null, effect: null }] : [],
      affinity: app.affinity,
      antiAffinity: app.antiAffinity,
      spread: app.spread === null ? [] : [{ selector: selectorOf({ app: name }), topologyKey: app.spread, maxSkew: 1 }],
      hostPorts: app.port === null ? [] : [app.port],
      isDaemonSet: app.isDaemonSet,
      pinned: app.isPinned ? 'a local volume' : null,
      owner: app.isBare ? null : { kind: 'Deployment', name },
    });
  if (app.isDaemonSet) return nodes.map((node, index) => pod(index, node.name));
  return Array.from({ length: app.pods }, (_, index) => pod(index, null));
}
