import { beforeEach, describe, expect, test } from 'vitest';
import { cachedLayout } from '../../../../src/backend/sync/cached-layout.ts';
import { composeLayouts } from '../../../../src/backend/sync/layouts.ts';
import { Owners } from '../../../../src/backend/sync/owners.ts';
import { SharedParts } from '../../../../src/backend/sync/shared-parts.ts';
import { SpecListeners } from '../../../../src/backend/sync/spec-listeners.ts';
import { SyncCache } from '../../../../src/backend/sync/sync-cache.ts';
import type { SeenTemplate } from '../../../../src/model/kubernetes/seen.ts';
import type { ClusterLayout } from '../../../../src/model/scheduling.ts';
import { NO_PLACEMENT, seenNode, seenPod, seenWorkload } from '../../../fakes/kubernetes/seen-objects.ts';

const template: SeenTemplate = {
  containers: [],
  qosClass: 'Burstable',
  schedule: null,
  timeZone: null,
  suspended: false,
};
const byCart = { kind: 'ReplicaSet', name: 'cart-5d' };
let cache: SyncCache;

beforeEach(() => {
  cache = new SyncCache(() => 100);
  cache.put('nodes', seenNode('node-1'));
  cache.put('deployments', seenWorkload('Deployment', 'cart', { template }));
  cache.put('replicasets', seenWorkload('ReplicaSet', 'cart-5d', { owner: { kind: 'Deployment', name: 'cart' } }));
});

const layout = (): ClusterLayout =>
  cachedLayout(cache, new Owners(cache), { clusterId: 'c', readAtSeconds: 90, missing: ['jobs'] });

describe('the layout of what is cached', () => {
  test('has pods under their top owner and counts its kills for memory', () => {
    const oomKills = [{ container: 'main', ordinal: 1, atSeconds: 50 }];
    cache.put('pods', seenPod('cart-5d-a', { owner: byCart, oomKills, restartCount: 1 }));
    cache.put('pods', seenPod('cart-5d-b', { owner: byCart }));
    cache.put('pods', seenPod('done', { owner: byCart, phase: 'Succeeded' }));
    expect(layout().workloads).toMatchObject([{ oomKills: 1 }]);
    cache.tally(cache.pods.get('shop/cart-5d-a') ?? { seen: seenPod('x'), oom: null, workloadId: null }, {
      count: 2,
      upTo: {},
    });
    const { pods, workloads, nodes, missing, readAtSeconds, clusterId } = layout();
    expect(pods.map(({ name, owner, uid }) => [name, owner?.name, uid])).toEqual([
      ['cart-5d-a', 'cart', 'uid-cart-5d-a'],
      ['cart-5d-b', 'cart', 'uid-cart-5d-b'],
    ]);
    // The ReplicaSet is the Deployment's own business.
    expect(workloads).toMatchObject([{ kind: 'Deployment', name: 'cart', oomKills: 3, replicas: 1 }]);
    expect(nodes).toHaveLength(1);
    expect([missing, readAtSeconds, clusterId]).toEqual([['jobs'], 90, 'c']);
  });

  test('keeps pods with a disk of their node there, and those with one of a zone in the zone', () => {
    const claim = { requestedBytes: 1, team: null, createdAtSeconds: null };
    for (const [name, provisioner] of [
      ['local', 'rancher.io/local-path'],
      ['zonal', 'ebs.csi.aws.com'],
    ] as const) {
      cache.put('storageclasses', { kind: 'StorageClass', namespace: '', name, provisioner, diskType: null });
      cache.put('persistentvolumeclaims', {
        kind: 'Claim',
        namespace: 'shop',
        name: `c-${name}`,
        storageClass: name,
        ...claim,
      });
      cache.put('pods', seenPod(name, { claims: [`c-${name}`] }));
    }
    cache.put('pods', seenPod('unknown', { claims: ['nobody-knows'] }));
    const zone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['eu-west-3a'] };
    expect(layout().pods.map(({ pinned, nodeTerms }) => [pinned, nodeTerms])).toEqual([
      ['Its volume c-local is on a disk of its node', []],
      [null, [[zone]]],
      [null, []],
    ]);
  });

  test('finds namespaces by their labels', () => {
    const namespace = { kind: 'Namespace', uid: null, createdAtSeconds: 1, status: 'Active', annotations: {} } as const;
    for (const name of ['shop', 'web', 'data']) {
      const labels = { tier: name === 'data' ? 'back' : 'front' };
      cache.put('namespaces', { ...namespace, name, team: null, costCenter: null, labels });
    }
    const selector = { matchLabels: {}, requirements: [] };
    const namespaceSelector = { matchLabels: { tier: 'front' }, requirements: [] };
    const antiAffinity = [{ selector, namespaces: [], namespaceSelector, topologyKey: 'zone' }];
    cache.put('pods', seenPod('a', { placement: { ...NO_PLACEMENT, antiAffinity } }));
    expect(layout().pods[0]?.antiAffinity[0]?.namespaces).toEqual(['shop', 'web']);
  });

  test('has budgets, and autoscalers of both kinds', () => {
    const selector = { matchLabels: {}, requirements: [] };
    const budget = { namespace: 'shop', name: 'b', selector, disruptionsAllowed: 1, neverAllows: false };
    const autoscaler = {
      namespace: 'shop',
      targetKind: 'Deployment',
      targetName: 'cart',
      minReplicas: null,
      maxReplicas: null,
      metrics: [],
      mode: null,
    };
    const vertical = { ...autoscaler, kind: 'vertical' } as const;
    const horizontal = { ...autoscaler, kind: 'horizontal' } as const;
    const put = (
      resource: 'horizontalpodautoscalers' | 'verticalpodautoscalers',
      scaler: typeof vertical | typeof horizontal,
    ) => cache.put(resource, { kind: 'Autoscaler', namespace: 'shop', name: 'same', autoscaler: scaler });
    cache.put('poddisruptionbudgets', { kind: 'Budget', ...budget });
    put('verticalpodautoscalers', vertical);
    put('horizontalpodautoscalers', horizontal);
    expect(layout()).toMatchObject({ budgets: [budget], autoscalers: [horizontal, vertical] });
    // A list that shows it no more ends it, and not the other kind's of the same name.
    cache.of('horizontalpodautoscalers').beginList();
    cache.of('horizontalpodautoscalers').endList();
    cache.of('poddisruptionbudgets').remove('shop/b');
    expect(layout()).toMatchObject({ budgets: [], autoscalers: [vertical] });
  });
});

describe('changes of specs in the cache', () => {
  const changesBy = (work: () => void) => {
    const before = cache.specChanges;
    work();
    return cache.specChanges - before;
  };
  const cart = (part: Parameters<typeof seenWorkload>[2] = {}) =>
    cache.put('deployments', seenWorkload('Deployment', 'cart', { template, ...part }));

  test('are counted: new, changed and gone workloads, not their state', () => {
    expect(changesBy(() => cart())).toBe(0);
    expect(changesBy(() => cart({ status: 'Available' }))).toBe(0);
    expect(changesBy(() => cart({ template: { ...template, suspended: true } }))).toBe(1);
    expect(changesBy(() => cache.put('deployments', seenWorkload('Deployment', 'new', { template })))).toBe(1);
    expect(changesBy(() => cache.of('deployments').remove('shop/new'))).toBe(1);
    const owned = seenWorkload('ReplicaSet', 'cart-6e', { owner: { kind: 'Deployment', name: 'cart' } });
    expect(changesBy(() => cache.put('replicasets', owned))).toBe(0);
    expect(changesBy(() => cache.of('replicasets').remove('shop/cart-6e'))).toBe(0);
  });
});

describe('parts that pods share', () => {
  test('are one object for equal ones', () => {
    const placement = () => ({ ...NO_PLACEMENT, labels: { app: 'cart' } });
    cache.put('pods', seenPod('a', { placement: placement() }));
    cache.put('pods', seenPod('b', { placement: placement() }));
    cache.put('pods', seenPod('c'));
    const of = (name: string) => cache.pods.get(`shop/${name}`)?.seen.placement;
    expect(of('a')).toBe(of('b'));
    expect(of('a')).toEqual(placement());
    expect(of('c')).toEqual(NO_PLACEMENT);
  });

  test('are forgotten before there are too many', () => {
    const parts = new SharedParts<{ n: number }>();
    const first = parts.one({ n: 0 });
    for (let n = 1; n < 20_000; n += 1) parts.one({ n });
    expect(parts.one({ n: 0 })).toBe(first);
    parts.one({ n: 20_000 });
    expect(parts.one({ n: 0 })).not.toBe(first);
  });
});

describe('who listens to changes of specs', () => {
  test('is told until it ends, whatever another one does', () => {
    const told: string[] = [];
    const errors: unknown[] = [];
    const listeners = new SpecListeners((error) => errors.push(error));
    const broken = new Error('broken');
    listeners.add(() => {
      throw broken;
    });
    const end = listeners.add((clusterId) => told.push(clusterId));
    listeners.tell('c');
    end();
    listeners.tell('d');
    expect([told, errors]).toEqual([['c'], [broken, broken]]);
  });
});

describe('several sources of layouts as one', () => {
  test('answer with the first that knows, and tell of the changes of all', () => {
    const source = (id: string) => {
      const listeners = new SpecListeners(() => undefined);
      return {
        listeners,
        layout: (clusterId: string) => (clusterId === id ? { ...layout(), clusterId } : null),
        onSpecChange: (listener: (clusterId: string) => void) => listeners.add(listener),
      };
    };
    const [one, two] = [source('one'), source('two')];
    const both = composeLayouts([one, two]);
    expect(both.layout('two')?.clusterId).toBe('two');
    expect(both.layout('three')).toBeNull();
    const told: string[] = [];
    const end = both.onSpecChange((clusterId) => told.push(clusterId));
    one.listeners.tell('one');
    two.listeners.tell('two');
    end();
    one.listeners.tell('one');
    expect(told).toEqual(['one', 'two']);
  });
});
