import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { clusterRoleYaml } from '../../../../src/core/kubernetes/cluster-role.ts';
import { nodeRole, nodeStatus } from '../../../../src/core/kubernetes/node-facts.ts';
import { DEFAULT_OWNER_LABELS, ownersOf } from '../../../../src/core/kubernetes/owner-labels.ts';
import { tightestLimits } from '../../../../src/core/kubernetes/quotas.ts';
import { topOwnerOf } from '../../../../src/core/kubernetes/top-owner.ts';
import { isUnavailable, workloadHealth } from '../../../../src/core/kubernetes/workload-health.ts';

describe('team and cost center', () => {
  test('come from the first label that is set', () => {
    expect(ownersOf({ squad: 'b', team: 'a', 'cost-center': 'CC-1' }, DEFAULT_OWNER_LABELS)).toEqual({
      team: 'a',
      costCenter: 'CC-1',
    });
    expect(ownersOf({ team: '', squad: 'b' }, DEFAULT_OWNER_LABELS)).toEqual({ team: 'b', costCenter: null });
    expect(ownersOf(null, DEFAULT_OWNER_LABELS)).toEqual({ team: null, costCenter: null });
    expect(ownersOf({ abteilung: 'x' }, { team: ['abteilung'], costCenter: [] }).team).toBe('x');
  });
});

describe('quotas', () => {
  test('the smallest of each limit holds; one that none sets is none', () => {
    const quota = (cpuLimitMillicores: number | null, memoryLimitBytes: number | null) => ({
      cpuLimitMillicores,
      memoryLimitBytes,
      podLimit: null,
    });
    expect(tightestLimits([quota(4000, null), quota(2000, 8), quota(null, 16)])).toEqual({
      cpuLimitMillicores: 2000,
      memoryLimitBytes: 8,
      podLimit: null,
    });
    expect(tightestLimits([])).toEqual({ cpuLimitMillicores: null, memoryLimitBytes: null, podLimit: null });
    expect(tightestLimits([{ ...quota(null, null), podLimit: 0 }]).podLimit).toBe(0);
  });
});

describe('the health of a workload', () => {
  const of = (kind: string, replicasDesired: number, replicasAvailable: number, status: string | null = null) => {
    const replicas = {
      kind,
      replicasDesired,
      replicasAvailable,
      replicasUnavailable: replicasDesired - replicasAvailable,
    };
    return [workloadHealth(replicas, status), isUnavailable(replicas)];
  };

  test('is by its replicas: none is critical, some missing degraded, scaled to none healthy', () => {
    expect(of('Deployment', 3, 3)).toEqual(['healthy', false]);
    expect(of('Deployment', 3, 2)).toEqual(['degraded', true]);
    expect(of('StatefulSet', 3, 0)).toEqual(['critical', true]);
    expect(of('Deployment', 0, 0)).toEqual(['healthy', false]);
  });

  test('of what runs to an end is by its end', () => {
    expect(of('Job', 1, 0)).toEqual(['healthy', false]);
    expect(of('Job', 0, 0, 'Failed')).toEqual(['degraded', false]);
    expect(of('CronJob', 0, 0, 'Suspended')).toEqual(['healthy', false]);
  });
});

describe('the top owner of a pod', () => {
  const pod = (kind: string, name: string, templateHash: string | null = null) => ({
    namespace: 'shop',
    owner: { kind, name },
    templateHash,
  });
  const known = new Map([
    ['ReplicaSet/cart-5d5f', { kind: 'Deployment', name: 'cart' }],
    ['ReplicaSet/canary-1', { kind: 'Rollout', name: 'canary' }],
    ['ReplicaSet/alone', null],
    ['Job/nightly-1', { kind: 'CronJob', name: 'nightly' }],
  ]);
  const ownerOf = (kind: string, _: string, name: string) => known.get(`${kind}/${name}`);

  test('is one step above ReplicaSets and Jobs, and itself otherwise', () => {
    expect(topOwnerOf(pod('ReplicaSet', 'cart-5d5f'), ownerOf)).toEqual({ kind: 'Deployment', name: 'cart' });
    expect(topOwnerOf(pod('ReplicaSet', 'canary-1'), ownerOf)).toEqual({ kind: 'Rollout', name: 'canary' });
    expect(topOwnerOf(pod('ReplicaSet', 'alone', 'x'), ownerOf)).toEqual({ kind: 'ReplicaSet', name: 'alone' });
    expect(topOwnerOf(pod('Job', 'nightly-1'), ownerOf)).toEqual({ kind: 'CronJob', name: 'nightly' });
    expect(topOwnerOf(pod('StatefulSet', 'db'), ownerOf)).toEqual({ kind: 'StatefulSet', name: 'db' });
    expect(topOwnerOf({ namespace: 'shop', owner: null, templateHash: null }, ownerOf)).toBeNull();
  });

  test('is told by the template hash where the ReplicaSet is not known', () => {
    expect(topOwnerOf(pod('ReplicaSet', 'pay-7c9', '7c9'), ownerOf)).toEqual({ kind: 'Deployment', name: 'pay' });
    expect(topOwnerOf(pod('ReplicaSet', 'pay-7c9', 'other'), ownerOf)).toEqual({ kind: 'ReplicaSet', name: 'pay-7c9' });
    expect(topOwnerOf(pod('Job', 'pay-7c9', '7c9'), ownerOf)).toEqual({ kind: 'Job', name: 'pay-7c9' });
  });
});

describe('a node', () => {
  test('has the role of its labels', () => {
    expect(nodeRole({ 'node-role.kubernetes.io/control-plane': '', 'node-role.kubernetes.io/etcd': '' })).toBe(
      'control-plane',
    );
    expect(nodeRole({ 'node-role.kubernetes.io/master': '' })).toBe('control-plane');
    expect(nodeRole({ 'node-role.kubernetes.io/gpu': '' })).toBe('gpu');
    expect(nodeRole({ 'kubernetes.io/role': 'agent' })).toBe('agent');
    expect(nodeRole({})).toBe('worker');
  });

  test('is Ready, NotReady, or Unknown where its kubelet is silent', () => {
    expect(
      nodeStatus([
        { type: 'MemoryPressure', status: 'False' },
        { type: 'Ready', status: 'True' },
      ]),
    ).toBe('Ready');
    expect(nodeStatus([{ type: 'Ready', status: 'False' }])).toBe('NotReady');
    expect(nodeStatus([{ type: 'Ready', status: 'Unknown' }])).toBe('Unknown');
    expect(nodeStatus([])).toBe('Unknown');
  });
});

describe('the smallest role', () => {
  test('has just the rights that are asked for, resources with the same verbs together', () => {
    const yaml = clusterRoleYaml('podwatt', [
      { verb: 'watch', resource: 'pods', apiGroup: '' },
      { verb: 'list', resource: 'pods', apiGroup: '' },
      { verb: 'list', resource: 'nodes', apiGroup: '' },
      { verb: 'watch', resource: 'nodes', apiGroup: '' },
      { verb: 'watch', resource: 'jobs', apiGroup: 'batch' },
    ]);
    expect(parse(yaml)).toEqual({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'podwatt' },
      rules: [
        { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list', 'watch'] },
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['watch'] },
      ],
    });
  });

  test('of no rights has no rules', () => {
    expect(parse(clusterRoleYaml('none', []))).toMatchObject({ rules: [] });
  });
});
