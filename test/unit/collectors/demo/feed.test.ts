import { beforeAll, describe, expect, it } from 'vitest';
import type { OpenedSample } from '../../../../src/collectors/demo/demo-layouts.ts';
import { createDemoFeed } from '../../../../src/collectors/demo/feed.ts';
import { inventoryOf } from '../../../../src/collectors/demo/inventory.ts';
import { createSampleCluster } from '../../../../src/collectors/demo/sample-cluster.ts';
import { RESOURCE_OF, seenObjectsOf } from '../../../../src/collectors/demo/seen-objects.ts';
import { loadDemoTables } from '../../../../src/collectors/demo/tables.ts';
import { clusterHealth } from '../../../../src/core/health/cluster-health.ts';
import { isUnavailable } from '../../../../src/core/kubernetes/workload-health.ts';
import { FOLLOWED_RESOURCES, type FollowedResource, type FollowSink } from '../../../../src/core/ports/object-feed.ts';
import type {
  Seen,
  SeenNamespace,
  SeenNode,
  SeenPod,
  SeenQuota,
  SeenRelease,
  SeenWorkload,
} from '../../../../src/model/kubernetes/seen.ts';

const DAY_START = Date.UTC(2026, 10, 20) / 1000;
const NOW = DAY_START + 10 * 3600;

let sample: OpenedSample;
beforeAll(async () => {
  const tables = await loadDemoTables('resources/data');
  sample = { cluster: createSampleCluster(tables, DAY_START), workloads: tables.workloads };
});

const all = <T extends Seen>(resource: FollowedResource, atSeconds = NOW): readonly T[] =>
  (seenObjectsOf(sample, atSeconds).get(resource) ?? []) as readonly Seen[] as readonly T[];
const workloads = (atSeconds = NOW) =>
  Object.values(RESOURCE_OF).flatMap((resource) => all<SeenWorkload>(resource, atSeconds));

describe('the objects of the sample', () => {
  it('are those of its inventory, one of each', () => {
    const inventory = inventoryOf(sample.cluster, NOW);
    expect(all<SeenNode>('nodes').map(({ name }) => name)).toEqual(inventory.nodes.map(({ name }) => name));
    expect(all<SeenPod>('pods').map(({ uid }) => uid)).toEqual(inventory.pods.map(({ uid }) => uid));
    expect(all<SeenNamespace>('namespaces').map(({ name }) => name)).toEqual(
      inventory.namespaces.map(({ name }) => name),
    );
    const names = workloads().map(({ namespace, name }) => `${namespace}/${name}`);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(sample.workloads.length);
  });

  it('a node that has not joined yet is not there', () => {
    expect(all('nodes', DAY_START - 3 * 86_400)).toHaveLength(11);
    expect(all('nodes')).toHaveLength(12);
  });

  it('namespaces say who owns them; the one that nobody owns says nothing', () => {
    const owners = new Map(all<SeenNamespace>('namespaces').map((each) => [each.name, each]));
    expect(owners.get('shop-prod')).toMatchObject({
      team: 'storefront',
      costCenter: 'CC-1200',
      labels: { team: 'storefront', 'cost-center': 'CC-1200' },
    });
    expect(owners.get('legacy')).toMatchObject({ team: null, costCenter: null, labels: {} });
  });

  it('quotas are of namespaces that are there, and some is nearly used up', () => {
    const names = new Set(all<SeenNamespace>('namespaces').map(({ name }) => name));
    const quotas = all<SeenQuota>('resourcequotas');
    expect(quotas.every(({ namespace }) => names.has(namespace))).toBe(true);
    const staging = quotas.find(({ namespace }) => namespace === 'shop-staging');
    const pods = all<SeenPod>('pods').filter(({ namespace }) => namespace === 'shop-staging');
    expect(pods.length / (staging?.podLimit ?? 0)).toBeGreaterThan(0.8);
  });

  it('replicas are the pods that there are', () => {
    const pods = all<SeenPod>('pods');
    for (const { namespace, name, replicas } of workloads()) {
      const own = pods.filter((pod) => pod.namespace === namespace && pod.owner?.name === name);
      const running = own.filter(({ phase }) => phase === 'Running').length;
      const waiting = own.filter(({ phase }) => phase === 'Pending').length;
      expect(replicas).toEqual({
        replicasDesired: running + waiting,
        replicasCurrent: running + waiting,
        replicasReady: running,
        replicasAvailable: running,
        replicasUnavailable: waiting,
      });
    }
  });

  it('a pod that no node has room for waits, and says why', () => {
    const [waiting] = all<SeenPod>('pods').filter(({ phase }) => phase === 'Pending');
    expect(waiting).toMatchObject({ node: null, status: 'Pending', reason: 'Unschedulable', startedAtSeconds: null });
    const owner = workloads().find(({ name }) => name === waiting?.owner?.name);
    expect(owner?.unavailableSinceSeconds).toBe(waiting?.createdAtSeconds);
  });

  it('kills for memory are on one pod of their workload, each counted once', () => {
    const killed = all<SeenPod>('pods').filter(({ oomKills }) => oomKills.length > 0);
    expect(killed.map(({ owner }) => owner?.name)).toEqual(['recommendationservice']);
    expect(killed[0]?.oomKills.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
    expect(killed[0]).toMatchObject({ restartCount: 2, phase: 'Running' });
  });

  it('pods have the class that their amounts give', () => {
    const classOf = (name: string) => all<SeenPod>('pods').find(({ owner }) => owner?.name === name)?.qosClass;
    expect(classOf('no-requests-worker')).toBe('BestEffort');
    expect(classOf('frontend')).toBe('Burstable');
  });

  it('a release is there once, though two workloads belong to it; its values hold no secret', () => {
    const releases = all<SeenRelease>('secrets');
    expect(releases.map(({ namespace, release }) => `${namespace}/${release.name}`)).toEqual([
      'monitoring/prometheus',
      'monitoring/grafana',
      'data/kafka',
    ]);
    expect(releases.every(({ release }) => release.valuesYaml?.includes("adminPassword: '***'"))).toBe(true);
  });

  it('make a cluster that is healthy: what waits is a job', () => {
    const unavailable = workloads()
      .filter(({ workloadKind, replicas }) => isUnavailable({ kind: workloadKind, ...replicas }))
      .map(({ name, unavailableSinceSeconds }) => ({ name, sinceSeconds: unavailableSinceSeconds ?? NOW }));
    const health = clusterHealth({
      nowSeconds: NOW,
      lastSyncAtSeconds: NOW,
      intervalSeconds: 30,
      unreachableSinceSeconds: null,
      nodes: all<SeenNode>('nodes').map(({ name, status }) => ({ name, isReady: status === 'Ready' })),
      unavailable,
      crashLoops: [],
    });
    expect(health).toEqual({ status: 'healthy', reasons: [] });
  });
});

/** What a sink was told, in order. */
function listener() {
  const told: string[] = [];
  const nameOf = (object: Seen) => ('namespace' in object ? `${object.namespace}/${object.name}` : object.name);
  const sink: FollowSink = {
    listing: () => told.push('listing'),
    put: (object) => told.push(`put ${nameOf(object)}`),
    gone: (object) => told.push(`gone ${nameOf(object)}`),
    listed: () => told.push('listed'),
    state: () => told.push('state'),
  };
  return { told, sink };
}

describe('the feed', () => {
  const clock = { now: NOW, nowSeconds: () => clock.now };
  const turns = async (count = 20) => {
    for (let turn = 0; turn < count; turn += 1) await new Promise((done) => setTimeout(done, 1));
  };

  it('lists every resource, those without objects too', async () => {
    clock.now = NOW;
    const feed = createDemoFeed(async () => sample, clock, 60_000);
    for (const resource of FOLLOWED_RESOURCES) {
      const { told, sink } = listener();
      const end = new AbortController();
      const following = feed.follow(resource, sink, end.signal);
      await turns(3);
      expect([told[0], told.at(-1)]).toEqual(['listing', 'listed']);
      expect(told).toHaveLength(all(resource).length + 2);
      end.abort();
      await following;
    }
  });

  it('tells afterwards only what is new, another, or gone', async () => {
    // At night a job comes every half hour.
    clock.now = DAY_START + 1.2 * 3600;
    const feed = createDemoFeed(async () => sample, clock, 1);
    const { told, sink } = listener();
    const end = new AbortController();
    const following = feed.follow('pods', sink, end.signal);
    await turns();
    const first = told.length;
    expect(told[first - 1]).toBe('listed');
    clock.now += 3600;
    await turns();
    end.abort();
    await following;
    const later = told.slice(first);
    expect(later.length).toBeGreaterThan(0);
    expect(later.length).toBeLessThan(first / 2);
    expect(later.every((word) => /^(put|gone) /.test(word))).toBe(true);
    expect(later.some((word) => word.startsWith('put data/etl-export'))).toBe(true);
  });

  it('ends with its signal, before the first list and after', async () => {
    const ended = new AbortController();
    ended.abort();
    const { told, sink } = listener();
    await createDemoFeed(async () => sample, clock, 1).follow('nodes', sink, ended.signal);
    expect(told).toEqual([]);
  });

  it('passes on that the tables can not be read', async () => {
    const broken = createDemoFeed(() => Promise.reject(new Error('no tables')), clock, 1);
    const { sink } = listener();
    await expect(broken.follow('nodes', sink, new AbortController().signal)).rejects.toThrow('no tables');
    expect(() => broken.offerInventory(() => null)()).not.toThrow();
  });
});
