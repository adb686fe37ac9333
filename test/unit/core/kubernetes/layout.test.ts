import { describe, expect, test } from 'vitest';
import {
  isSpecChange,
  layoutNode,
  layoutPod,
  type PodSurroundings,
  workloadSpec,
} from '../../../../src/core/kubernetes/layout.ts';
import { ANYWHERE } from '../../../../src/core/kubernetes/volume-place.ts';
import type { SeenPodTerm, SeenTemplate } from '../../../../src/model/kubernetes/seen.ts';
import { NO_PLACEMENT, seenNode, seenPod, seenWorkload } from '../../../fakes/kubernetes/seen-objects.ts';

const around: PodSurroundings = {
  id: 'id-1',
  owner: { kind: 'Deployment', name: 'cart' },
  volumes: ANYWHERE,
  namespacesOf: () => [],
};
const selector = { matchLabels: { app: 'cart' }, requirements: [] };
const term: SeenPodTerm = { selector, namespaces: [], namespaceSelector: null, topologyKey: 'zone' };
const template: SeenTemplate = {
  containers: [],
  qosClass: 'Burstable',
  schedule: null,
  timeZone: null,
  suspended: false,
};

describe('a node in a layout', () => {
  test('is as the scheduler sees it', () => {
    const taints = [{ key: 'gpu', value: null, effect: 'NoSchedule' }];
    expect(layoutNode(seenNode('node-1', { taints, unschedulable: true, nodeType: 'control-plane' }))).toEqual({
      name: 'node-1',
      instanceType: 'm5.xlarge',
      ready: true,
      unschedulable: true,
      isControlPlane: true,
      cpuAllocatableMillicores: 3900,
      memoryAllocatableBytes: 15 * 2 ** 30,
      podsAllocatable: 58,
      gpus: 0,
      labels: { 'kubernetes.io/hostname': 'node-1', 'topology.kubernetes.io/zone': 'eu-west-3a' },
      taints,
      createdAtSeconds: 1,
    });
  });

  test('that does not say how many pods it takes takes the usual number', () => {
    expect(layoutNode(seenNode('node-1', { podAllocatable: null, status: 'Unknown' }))).toMatchObject({
      podsAllocatable: 110,
      ready: false,
      isControlPlane: false,
    });
  });
});

describe('a pod in a layout', () => {
  test('that has ended holds no place', () => {
    expect(layoutPod(seenPod('a', { phase: 'Succeeded' }), around)).toBeNull();
    expect(layoutPod(seenPod('a', { phase: 'Failed' }), around)).toBeNull();
    expect(layoutPod(seenPod('a', { phase: 'Pending', node: null }), around)).toMatchObject({ node: null });
  });

  test('has its top owner, and goes with its node as a DaemonSet’s', () => {
    expect(layoutPod(seenPod('a'), around)).toMatchObject({
      uid: 'id-1',
      owner: { kind: 'Deployment', name: 'cart' },
      isDaemonSet: false,
      isStatic: false,
      pinned: null,
    });
    const owner = { kind: 'DaemonSet', name: 'agent' };
    expect(layoutPod(seenPod('a', { isStatic: true }), { ...around, owner })).toMatchObject({
      isDaemonSet: true,
      isStatic: true,
    });
  });

  test('adds what its volumes ask of nodes to each of its terms', () => {
    const zone = { key: 'zone', operator: 'In', values: ['a'] };
    const disk = { key: 'disk', operator: 'Exists', values: [] };
    const volumes = { pinned: null, requirements: [zone] };
    const nodeTerms = (terms: (typeof disk)[][]) =>
      layoutPod(seenPod('a', { placement: { ...NO_PLACEMENT, nodeTerms: terms } }), { ...around, volumes })?.nodeTerms;
    expect(nodeTerms([])).toEqual([[zone]]);
    expect(nodeTerms([[disk], []])).toEqual([[disk, zone], [zone]]);
  });

  test('is pinned by its own spec first, then by its volumes', () => {
    const volumes = { pinned: 'volume', requirements: [] };
    expect(layoutPod(seenPod('a', { pinned: 'spec' }), { ...around, volumes })?.pinned).toBe('spec');
    expect(layoutPod(seenPod('a'), { ...around, volumes })?.pinned).toBe('volume');
  });

  test.each([
    ['its own without a selector', [], null, [], []],
    ['those that are named', ['shop', 'web'], null, [], ['shop', 'web']],
    [
      'those whose labels match, and the named ones',
      ['web'],
      selector,
      ['shop', 'web', 'data'],
      ['web', 'shop', 'data'],
    ],
    ['its own where that alone matches', [], selector, ['shop'], []],
    ['none where no labels match', [], selector, [], ['']],
  ])('its terms are about pods of %s', (_, namespaces, namespaceSelector, matching, expected) => {
    const placement = { ...NO_PLACEMENT, antiAffinity: [{ ...term, namespaces, namespaceSelector }] };
    const pod = layoutPod(seenPod('a', { placement }), { ...around, namespacesOf: () => matching });
    expect(pod?.antiAffinity).toEqual([{ selector, topologyKey: 'zone', namespaces: expected }]);
  });
});

describe('a workload in a layout', () => {
  test.each([
    ['Deployment', 'apps/v1', 1],
    ['StatefulSet', 'apps/v1', 1],
    ['DaemonSet', 'apps/v1', null],
    ['Job', 'batch/v1', null],
    ['CronJob', 'batch/v1', null],
  ])('%s', (kind, apiVersion, replicas) => {
    const annotations = { 'meta.helm.sh/release-name': 'shop' };
    expect(workloadSpec(seenWorkload(kind, 'cart', { template, annotations }), 3)).toEqual({
      namespace: 'shop',
      kind,
      name: 'cart',
      apiVersion,
      replicas,
      ...template,
      helmRelease: 'shop',
      oomKills: 3,
      createdAtSeconds: 5,
    });
  });

  test('that another one keeps is none', () => {
    expect(workloadSpec(seenWorkload('ReplicaSet', 'cart-5d'), 0)).toBeNull();
  });
});

describe('a change of a spec', () => {
  const before = seenWorkload('Deployment', 'cart', { template });
  const container = {
    name: 'main',
    isSidecar: false,
    cpuRequestMillicores: 100,
    cpuLimitMillicores: null,
    memoryRequestBytes: null,
    memoryLimitBytes: null,
  };
  const isChange = (part: Parameters<typeof seenWorkload>[2]) => isSpecChange(before, { ...before, ...part });
  const replicas = { ...before.replicas, replicasDesired: 3 };

  test('is one of requests, replicas or suspension', () => {
    expect(isChange({ template: { ...template, containers: [container] } })).toBe(true);
    expect(isChange({ replicas })).toBe(true);
    expect(isChange({ template: { ...template, suspended: true } })).toBe(true);
    expect(isChange({ template: null })).toBe(true);
  });

  test('is none of its state, and none of how many nodes a DaemonSet is on', () => {
    expect(isChange({ replicas: { ...before.replicas, replicasReady: 0 }, status: 'Progressing' })).toBe(false);
    expect(isChange({ template: { ...template } })).toBe(false);
    const daemon = seenWorkload('DaemonSet', 'agent', { template });
    expect(isSpecChange(daemon, { ...daemon, replicas })).toBe(false);
    const owned = seenWorkload('ReplicaSet', 'cart-5d');
    expect(isSpecChange(owned, { ...owned, replicas })).toBe(false);
  });
});
