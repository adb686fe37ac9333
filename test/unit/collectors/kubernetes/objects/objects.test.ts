import { describe, expect, test } from 'vitest';
import { readNodeObject } from '../../../../../src/collectors/kubernetes/objects/node.ts';
import {
  readClaimObject,
  readNamespaceObject,
  readQuota,
  readServiceObject,
  readStorageClassObject,
} from '../../../../../src/collectors/kubernetes/objects/others.ts';
import { readPodObject } from '../../../../../src/collectors/kubernetes/objects/pod.ts';
import { readWorkload, type WorkloadKind } from '../../../../../src/collectors/kubernetes/objects/workload.ts';
import { DEFAULT_OWNER_LABELS } from '../../../../../src/core/kubernetes/owner-labels.ts';
import { recordedItems, recordedPods } from '../../../../fakes/kubernetes/recordings.ts';

const keys = DEFAULT_OWNER_LABELS;
const meta = { name: 'x', namespace: 'shop', uid: 'u', creationTimestamp: '2026-11-21T08:00:00Z' };

describe('pods', () => {
  const container = (name: string, resources: object) => ({ name, image: `${name}:1`, resources });

  test('keep requests and limits by the scheduler’s rules, with sidecars and overhead', () => {
    const seen = readPodObject(
      {
        metadata: meta,
        spec: {
          overhead: { cpu: '10m' },
          initContainers: [
            { ...container('proxy', { requests: { cpu: '50m' }, limits: { cpu: '100m' } }), restartPolicy: 'Always' },
            container('setup', { requests: { cpu: '500m' } }),
          ],
          containers: [
            container('main', { requests: { cpu: '100m', memory: '1Gi' }, limits: { cpu: '1', memory: '2Gi' } }),
            container('side', { limits: { cpu: '200m' } }),
          ],
        },
        status: { phase: 'Running', qosClass: 'Burstable' },
      },
      keys,
    );
    // Requests: the init container beside the sidecar is the peak.
    expect(seen?.requests).toEqual({ cpuMillicores: 560, memoryBytes: 2 ** 30 });
    expect(seen).toMatchObject({ cpuLimitMillicores: 1310, memoryLimitBytes: 2 ** 31, qosClass: 'Burstable' });
  });

  test('have no limit where none is set, whatever the overhead', () => {
    const spec = { overhead: { cpu: '10m' }, containers: [container('main', {})] };
    expect(readPodObject({ metadata: meta, spec }, keys)).toMatchObject({ cpuLimitMillicores: 0, memoryLimitBytes: 0 });
  });

  test('keep only what is used: nothing of environments, annotations and managed fields', () => {
    const env = [{ name: 'A', value: 'canary-3f9a' }];
    const raw = {
      metadata: { ...meta, annotations: { note: 'canary-3f9a' }, managedFields: [{ manager: 'canary-3f9a' }] },
      spec: { containers: [{ ...container('main', {}), env, command: ['canary-3f9a'] }] },
    };
    expect(JSON.stringify(readPodObject(raw, keys))).not.toContain('canary-3f9a');
  });

  test('of the recording are all understood, and small', () => {
    const seen = recordedPods().map((pod) => readPodObject(pod, keys));
    expect(seen).not.toContain(null);
    // What places a pod is one object for all the pods of a template.
    const bytes = JSON.stringify(seen.map((pod) => ({ ...pod, placement: null }))).length / seen.length;
    expect(bytes).toBeLessThan(1_200);
    const evicted = seen.find((pod) => pod?.name === 'evicted-pod');
    expect(evicted).toMatchObject({ phase: 'Failed', status: 'Evicted', reason: 'Evicted', finishedAtSeconds: null });
    const words = Object.groupBy(seen, (pod) => pod?.status ?? '');
    expect(words.Running?.length).toBeGreaterThan(80);
    expect(words.Terminating).toHaveLength(1);
  });

  test.each([
    ['True', 'Error', 3],
    ['False', 'Init:CrashLoopBackOff', 7],
  ])('with a sidecar that crashes, initialized %s: %s', (status, word, restartCount) => {
    const looping = { name: 'proxy', restartCount: 2, state: { waiting: { reason: 'CrashLoopBackOff' } } };
    const setup = { name: 'setup', restartCount: 5, state: { terminated: { exitCode: 0, reason: 'Completed' } } };
    const main = { name: 'main', restartCount: 1, state: { terminated: { exitCode: 1, reason: 'Error' } } };
    const raw = {
      metadata: meta,
      spec: { initContainers: [{ name: 'setup' }, { name: 'proxy', restartPolicy: 'Always' }] },
      status: {
        phase: 'Running',
        conditions: [{ type: 'Initialized', status }],
        initContainerStatuses: [setup, looping],
        containerStatuses: [main],
      },
    };
    expect(readPodObject(raw, keys)).toMatchObject({ status: word, restartCount });
  });

  test('without a name or namespace are none; fields of the wrong form count as absent', () => {
    expect(readPodObject({ metadata: { name: 'x' } }, keys)).toBeNull();
    expect(readPodObject('no object', keys)).toBeNull();
    const odd = readPodObject({ metadata: meta, spec: 5, status: { phase: 7, containerStatuses: 'x' } }, keys);
    expect(odd).toMatchObject({ phase: 'Unknown', containers: [], node: null });
  });
});

describe('workloads', () => {
  const read = (kind: WorkloadKind, spec: object, status: object, metadata: object = meta) =>
    readWorkload({ metadata, spec, status }, kind);

  test('a Deployment tells its replicas, and since when it is unavailable', () => {
    const conditions = [{ type: 'Available', status: 'False', lastTransitionTime: '2026-11-21T08:10:00Z' }];
    const status = { replicas: 3, readyReplicas: 1, availableReplicas: 1, unavailableReplicas: 2, conditions };
    const template = { spec: { containers: [{ name: 'main', image: 'main:1', env: [{ name: 'canary' }] }] } };
    const seen = read('Deployment', { replicas: 3, strategy: { type: 'Recreate' }, template }, status);
    expect(seen).toMatchObject({
      replicas: {
        replicasDesired: 3,
        replicasCurrent: 3,
        replicasReady: 1,
        replicasAvailable: 1,
        replicasUnavailable: 2,
      },
      status: 'Unavailable',
      strategy: 'Recreate',
      unavailableSinceSeconds: Date.UTC(2026, 10, 21, 8, 10) / 1000,
      containers: [{ name: 'main', image: 'main:1' }],
    });
  });

  test('others count in their own words', () => {
    const daemons = { desiredNumberScheduled: 5, currentNumberScheduled: 5, numberReady: 4, numberAvailable: 4 };
    expect(read('DaemonSet', {}, daemons)?.replicas).toMatchObject({ replicasDesired: 5, replicasUnavailable: 1 });
    expect(read('StatefulSet', { replicas: 2 }, { readyReplicas: 2 })?.replicas.replicasUnavailable).toBe(2);
    expect(read('Job', { parallelism: 4 }, { active: 3, ready: 2 })).toMatchObject({
      status: 'Running',
      replicas: { replicasDesired: 4, replicasCurrent: 3, replicasReady: 2, replicasUnavailable: 0 },
    });
    const done = { conditions: [{ type: 'Complete', status: 'True' }] };
    expect(read('Job', {}, done)).toMatchObject({ status: 'Complete', replicas: { replicasDesired: 0 } });
    expect(read('CronJob', { suspend: true }, { active: [{}] })).toMatchObject({
      status: 'Suspended',
      replicas: { replicasCurrent: 1, replicasUnavailable: 0 },
    });
  });

  test('of one with an owner little more than the owner is kept', () => {
    const ownerReferences = [{ kind: 'Deployment', name: 'cart', controller: true }];
    const seen = read('ReplicaSet', { replicas: 1 }, {}, { ...meta, labels: { a: 'b' }, ownerReferences });
    expect(seen).toMatchObject({ owner: { kind: 'Deployment', name: 'cart' }, labels: {}, containers: [] });
  });

  test('annotations come without the copy of the object, and without long ones', () => {
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': 'canary',
      long: 'x'.repeat(2_000),
      short: 'kept',
    };
    expect(read('Deployment', {}, {}, { ...meta, annotations })?.annotations).toEqual({ short: 'kept' });
  });

  test('of the recording are all understood', () => {
    const of = (file: string, kind: WorkloadKind) => recordedItems(file).map((raw) => readWorkload(raw, kind));
    const all = [
      ...of('deployments', 'Deployment'),
      ...of('statefulsets', 'StatefulSet'),
      ...of('daemonsets', 'DaemonSet'),
      ...of('replicasets', 'ReplicaSet'),
      ...of('jobs', 'Job'),
      ...of('cronjobs', 'CronJob'),
    ];
    expect(all).not.toContain(null);
    expect(all.filter((seen) => seen?.status === 'Suspended')).toHaveLength(1);
    expect(all.find((seen) => seen?.owner?.kind === 'Rollout')).toBeDefined();
  });
});

describe('nodes', () => {
  test('of the recording: roles, states, taints and capacity', () => {
    const nodes = recordedItems('nodes').map(readNodeObject);
    expect(nodes).not.toContain(null);
    const states = Object.groupBy(nodes, (node) => node?.status ?? '');
    expect(states.Ready).toHaveLength(11);
    expect(states.Unknown).toHaveLength(1);
    expect(nodes.every((node) => (node?.podCapacity ?? 0) > 0)).toBe(true);
    expect(nodes.some((node) => node?.taints.some(({ key }) => key === 'node.kubernetes.io/unschedulable'))).toBe(true);
    expect(nodes.flatMap((node) => node?.conditions ?? []).every((each) => !('lastHeartbeatTime' in each))).toBe(true);
  });
});

describe('the others', () => {
  test('a quota: limits before requests, what holds before what is asked for', () => {
    const hard = { 'limits.cpu': '4', 'requests.cpu': '2', 'requests.memory': '4Gi', 'count/pods': '9' };
    expect(readQuota({ metadata: meta, spec: { hard } })).toMatchObject({
      cpuLimitMillicores: 4000,
      memoryLimitBytes: 2 ** 32,
      podLimit: 9,
    });
    expect(
      readQuota({ metadata: meta, spec: { hard: { pods: '5' } }, status: { hard: { pods: '6' } } })?.podLimit,
    ).toBe(6);
    expect(readQuota({ metadata: meta })).toMatchObject({ cpuLimitMillicores: null, podLimit: null });
  });

  test('a namespace: state, owners by label keys that can be chosen', () => {
    const raw = { metadata: { name: 'shop', labels: { abteilung: 'x', team: 'y' } }, status: { phase: 'Terminating' } };
    expect(readNamespaceObject(raw, keys)).toMatchObject({ status: 'Terminating', team: 'y' });
    expect(readNamespaceObject(raw, { team: ['abteilung'], costCenter: ['abteilung'] })).toMatchObject({
      team: 'x',
      costCenter: 'x',
    });
  });

  test('claims that are not bound hold nothing', () => {
    const spec = { resources: { requests: { storage: '1Gi' } } };
    expect(readClaimObject({ metadata: meta, spec, status: { phase: 'Bound' } }, keys)?.requestedBytes).toBe(2 ** 30);
    expect(readClaimObject({ metadata: meta, spec, status: { phase: 'Pending' } }, keys)?.requestedBytes).toBeNull();
  });

  test('services and storage classes of the recording are all understood', () => {
    expect(recordedItems('services').map(readServiceObject)).not.toContain(null);
    expect(recordedItems('storageclasses').map(readStorageClassObject)).not.toContain(null);
    expect(readServiceObject({})).toBeNull();
  });
});
