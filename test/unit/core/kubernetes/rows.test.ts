import { describe, expect, test } from 'vitest';
import {
  NO_USAGE,
  namespaceRow,
  nodeRow,
  podRow,
  releaseRow,
  workloadRow,
} from '../../../../src/core/kubernetes/rows.ts';
import type { NodeDescription } from '../../../../src/model/inventory.ts';
import type { SeenNode, SeenPod, SeenWorkload } from '../../../../src/model/kubernetes/seen.ts';
import { seenPod } from '../../../fakes/kubernetes/seen-objects.ts';

const head = { id: 'row-1', clusterId: 'c', nowSeconds: 1_000, deletedAtSeconds: null };
const kept = { id: 'row-1', clusterId: 'c', createdAtSeconds: 5, updatedAtSeconds: 1_000, deletedAtSeconds: null };

const pod: SeenPod = seenPod('cart-1', { uid: 'uid-1', changedAtSeconds: 20, restartCount: 2, memoryLimitBytes: 64 });

describe('the row of a namespace', () => {
  test('has its tightest quotas, its present use and its owners', () => {
    const quota = { kind: 'Quota', namespace: 'shop', name: 'q', memoryLimitBytes: null } as const;
    const quotas = [
      { ...quota, cpuLimitMillicores: 4_000, podLimit: 9 },
      { ...quota, cpuLimitMillicores: 2_000, podLimit: null },
    ];
    const seen = {
      kind: 'Namespace',
      name: 'shop',
      uid: 'uid-1',
      createdAtSeconds: 5,
      status: 'Active',
      team: 'a',
      costCenter: 'CC-1',
      labels: { team: 'a' },
      annotations: {},
    } as const;
    const usage = { cpuUsageCores: 1.5, memoryUsageBytes: 200 };
    expect(namespaceRow(head, seen, { quotas, usage, podCount: 3, dailyCost: 4.5 })).toEqual({
      ...kept,
      name: 'shop',
      uid: 'uid-1',
      status: 'Active',
      cpuLimitMillicores: 2_000,
      memoryLimitBytes: null,
      podLimit: 9,
      cpuUsageCores: 1.5,
      memoryUsageBytes: 200,
      podCount: 3,
      teamName: 'a',
      costCenter: 'CC-1',
      estimatedDailyCost: 4.5,
      labels: { team: 'a' },
      annotations: {},
    });
  });
});

describe('the row of a node', () => {
  test('has capacity and state; unknown use stays unknown, never zero', () => {
    const description = { instanceType: 'm5.xlarge', cpuCapacityMillicores: 4_000, labels: { a: 'b' } };
    const seen: SeenNode = {
      kind: 'Node',
      name: 'node-1',
      uid: 'uid-1',
      createdAtSeconds: 5,
      description: description as unknown as NodeDescription,
      nodeType: 'worker',
      podCapacity: 110,
      podAllocatable: 100,
      status: 'NotReady',
      conditions: [],
      taints: [{ key: 'gpu', value: null, effect: 'NoSchedule' }],
      unschedulable: false,
      kubeletVersion: 'v1',
      osImage: null,
    };
    const row = nodeRow(head, seen, { usage: NO_USAGE, podCount: 7 });
    expect(row).toMatchObject({ ...kept, instanceType: 'm5.xlarge', cpuCapacityMillicores: 4_000, podCount: 7 });
    expect(row).toMatchObject({ cpuUsageCores: null, memoryUsageBytes: null, status: 'NotReady', labels: { a: 'b' } });
    // What only tells the provider is no column.
    expect(row).not.toHaveProperty('kubeletVersion');
  });
});

describe('the row of a workload', () => {
  const seen: SeenWorkload = {
    kind: 'Workload',
    workloadKind: 'Deployment',
    namespace: 'shop',
    name: 'cart',
    uid: 'uid-1',
    createdAtSeconds: 5,
    owner: null,
    replicas: {
      replicasDesired: 2,
      replicasCurrent: 2,
      replicasReady: 1,
      replicasAvailable: 1,
      replicasUnavailable: 1,
    },
    containers: [{ name: 'main', image: 'main:1' }],
    status: 'Available',
    unavailableSinceSeconds: null,
    strategy: 'RollingUpdate',
    labels: {},
    annotations: {},
    template: null,
  };

  test('has its health by its replicas', () => {
    const row = workloadRow(head, seen, 'ns-1');
    expect(row).toMatchObject({ ...kept, namespaceId: 'ns-1', kind: 'Deployment', healthStatus: 'degraded' });
    expect(row).not.toHaveProperty('workloadKind');
  });

  test('that is gone says since when', () => {
    expect(workloadRow({ ...head, deletedAtSeconds: 900 }, seen, 'ns-1').deletedAtSeconds).toBe(900);
  });
});

describe('the row of a pod', () => {
  const of = (change: Partial<SeenPod>, goneAtSeconds: number | null = null) =>
    podRow(head, { ...pod, ...change }, { namespaceId: 'ns-1', workloadId: 'w-1', oomKills: 3, goneAtSeconds });

  test('has null where nothing is requested or limited', () => {
    expect(of({})).toMatchObject({
      cpuRequestMillicores: 100,
      cpuLimitMillicores: null,
      memoryRequestBytes: null,
      memoryLimitBytes: 64,
      oomKills: 3,
      restartCount: 2,
      workloadId: 'w-1',
    });
  });

  test.each<[string, Partial<SeenPod>, number | null, number | null]>([
    ['runs', {}, null, null],
    ['ran and is gone', {}, 900, 900],
    ['is over', { phase: 'Succeeded', finishedAtSeconds: 30 }, null, 30],
    ['was over before it was gone', { phase: 'Failed', finishedAtSeconds: 30 }, 900, 30],
    ['was evicted', { phase: 'Failed' }, null, 20],
    ['was evicted and tells nothing', { phase: 'Failed', changedAtSeconds: null }, null, 11],
  ])('one that %s', (_, change, goneAtSeconds, finishedAtSeconds) => {
    expect(of(change, goneAtSeconds).finishedAtSeconds).toBe(finishedAtSeconds);
  });

  test('keeps its creation over updates, and has its row’s id where it has no UID', () => {
    expect(of({})).toMatchObject({ createdAtSeconds: 10, updatedAtSeconds: 1_000, uid: 'uid-1' });
    expect(of({ uid: null, createdAtSeconds: null })).toMatchObject({ createdAtSeconds: 11, uid: 'row-1' });
  });
});

describe('the row of a release', () => {
  test('is its newest revision under its own name', () => {
    const release = {
      name: 'shop',
      chartName: 'store',
      chartVersion: '1.2.3',
      appVersion: null,
      status: 'deployed',
      revision: 4,
      valuesYaml: null,
      firstDeployedAtSeconds: 5,
      lastDeployedAtSeconds: 9,
      createdAtSeconds: 5,
    };
    const seen = { kind: 'Release', namespace: 'shop', name: 'sh.helm.release.v1.shop.v4', release } as const;
    expect(releaseRow(head, seen, 'ns-1')).toEqual({ ...release, ...kept, namespaceId: 'ns-1' });
  });
});
