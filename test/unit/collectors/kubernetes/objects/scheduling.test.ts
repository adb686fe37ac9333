import { describe, expect, test } from 'vitest';
import { readHorizontal, readVertical } from '../../../../../src/collectors/kubernetes/objects/autoscaler.ts';
import { readBudget } from '../../../../../src/collectors/kubernetes/objects/disruption-budget.ts';
import { readNodeObject } from '../../../../../src/collectors/kubernetes/objects/node.ts';
import { readPodObject } from '../../../../../src/collectors/kubernetes/objects/pod.ts';
import { readWorkload } from '../../../../../src/collectors/kubernetes/objects/workload.ts';
import { DEFAULT_OWNER_LABELS } from '../../../../../src/core/kubernetes/owner-labels.ts';
import { recordedItems, recordedPods } from '../../../../fakes/kubernetes/recordings.ts';

const metadata = { name: 'x', namespace: 'shop', uid: 'u' };
const labels = { app: 'cart', 'pod-template-hash': '5d5f' };
const owned = { ...metadata, labels, ownerReferences: [{ kind: 'ReplicaSet', name: 'cart-5d5f', controller: true }] };
const podOf = (spec: object, meta: object = owned) =>
  readPodObject({ metadata: meta, spec: { containers: [], ...spec } }, DEFAULT_OWNER_LABELS);
const cart = { matchLabels: { app: 'cart' } };

describe('what places a pod', () => {
  test('its labels, selector and required node affinity; preferences are dropped', () => {
    const affinity = {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'disk', operator: 'In', values: ['ssd'] },
                { key: 'gpu', operator: 'Exists' },
              ],
            },
            { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['node-1'] }] },
            {},
          ],
        },
        preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: { matchExpressions: [] } }],
      },
    };
    expect(podOf({ nodeSelector: { pool: 'a' }, affinity })?.placement).toMatchObject({
      labels,
      nodeSelector: { pool: 'a' },
      nodeTerms: [
        [
          { key: 'disk', operator: 'In', values: ['ssd'] },
          { key: 'gpu', operator: 'Exists', values: [] },
        ],
        [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['node-1'] }],
      ],
    });
  });

  test('tolerations: none of key, operator or effect means all, Equal, all', () => {
    const tolerations = [{ operator: 'Exists' }, { key: 'gpu', value: 'yes', effect: 'NoSchedule' }, { key: 'a' }];
    expect(podOf({ tolerations })?.placement.tolerations).toEqual([
      { key: null, operator: 'Exists', value: null, effect: null },
      { key: 'gpu', operator: 'Equal', value: 'yes', effect: 'NoSchedule' },
      { key: 'a', operator: 'Equal', value: null, effect: null },
    ]);
  });

  test('required affinity to and from pods; one without a selector is about none', () => {
    const required = (...terms: object[]) => ({ requiredDuringSchedulingIgnoredDuringExecution: terms });
    const affinity = {
      podAffinity: required(
        { labelSelector: cart, topologyKey: 'zone', namespaceSelector: {} },
        { topologyKey: 'host' },
      ),
      podAntiAffinity: {
        ...required({ labelSelector: cart, topologyKey: 'host', namespaces: ['web'] }),
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 1, podAffinityTerm: { labelSelector: cart, topologyKey: 'zone' } },
        ],
      },
    };
    const selector = { matchLabels: { app: 'cart' }, requirements: [] };
    const every = { matchLabels: {}, requirements: [] };
    expect(podOf({ affinity })?.placement).toMatchObject({
      affinity: [{ selector, topologyKey: 'zone', namespaces: [], namespaceSelector: every }],
      antiAffinity: [{ selector, topologyKey: 'host', namespaces: ['web'], namespaceSelector: null }],
    });
  });

  test('spreading that forbids, narrowed to pods of the same template where asked for', () => {
    const spread = { labelSelector: cart, topologyKey: 'zone', maxSkew: 1, whenUnsatisfiable: 'DoNotSchedule' };
    const topologySpreadConstraints = [
      { ...spread, matchLabelKeys: ['pod-template-hash', 'absent'] },
      { ...spread, whenUnsatisfiable: 'ScheduleAnyway' },
    ];
    expect(podOf({ topologySpreadConstraints })?.placement.spread).toEqual([
      {
        selector: { matchLabels: { app: 'cart', 'pod-template-hash': '5d5f' }, requirements: [] },
        topologyKey: 'zone',
        maxSkew: 1,
      },
    ]);
  });

  test('ports of the host, of containers and sidecars', () => {
    const ports = [{ containerPort: 80 }, { containerPort: 9100, hostPort: 9100 }];
    const spec = { containers: [{ name: 'a', ports }], initContainers: [{ name: 'b', ports: [{ hostPort: 53 }] }] };
    expect(podOf(spec)?.placement.hostPorts).toEqual([53, 9100]);
  });

  test('what pins it, and whether the kubelet started it', () => {
    expect(
      podOf({
        volumes: [
          { name: 'd', hostPath: { path: '/mnt/x' } },
          { name: 'e', emptyDir: {} },
        ],
      })?.pinned,
    ).toMatch('/mnt/x');
    expect(podOf({ volumes: [{ name: 'e', emptyDir: {} }] })?.pinned).toBeNull();
    expect(podOf({}, metadata)).toMatchObject({ isStatic: false, pinned: 'No controller would start it again' });
    const mirror = { ...metadata, annotations: { 'kubernetes.io/config.mirror': 'x' } };
    expect(podOf({}, mirror)).toMatchObject({ isStatic: true, pinned: null });
    const onNode = { ...metadata, ownerReferences: [{ kind: 'Node', name: 'node-1', controller: true }] };
    expect(podOf({}, onNode)).toMatchObject({ isStatic: true, pinned: null });
  });

  test('fields of a wrong form count as absent', () => {
    const odd = { tolerations: 'x', affinity: 3, nodeSelector: [], topologySpreadConstraints: [{ maxSkew: 'x' }] };
    expect(podOf(odd)?.placement).toMatchObject({ tolerations: [], nodeTerms: [], nodeSelector: {}, spread: [] });
  });

  test('of the recorded pods is read', () => {
    const seen = recordedPods().map((pod) => readPodObject(pod, DEFAULT_OWNER_LABELS));
    expect(seen.every((pod) => pod !== null)).toBe(true);
    expect(seen.some((pod) => (pod?.placement.tolerations.length ?? 0) > 0)).toBe(true);
  });
});

describe('a node', () => {
  test('may be closed to new pods', () => {
    const raw = { metadata: { name: 'n' }, spec: { unschedulable: true }, status: {} };
    expect(readNodeObject(raw)?.unschedulable).toBe(true);
    expect(readNodeObject({ ...raw, spec: {} })?.unschedulable).toBe(false);
  });
});

describe('the template of a workload', () => {
  const resources = { requests: { cpu: '100m', memory: '64Mi' }, limits: { memory: '128Mi' } };
  const spec = {
    containers: [{ name: 'main', resources }, { name: 'bare' }],
    initContainers: [
      { name: 'proxy', restartPolicy: 'Always', resources: { limits: { cpu: '1' } } },
      { name: 'setup', resources: { requests: { cpu: '2' } } },
    ],
  };

  test('has containers and sidecars with what they ask for; what is not set stays unknown', () => {
    const seen = readWorkload({ metadata, spec: { template: { spec } } }, 'Deployment');
    const none = { cpuRequestMillicores: null, memoryRequestBytes: null };
    const noLimits = { cpuLimitMillicores: null, memoryLimitBytes: null };
    expect(seen?.template).toEqual({
      containers: [
        { name: 'proxy', isSidecar: true, ...none, ...noLimits, cpuLimitMillicores: 1000 },
        {
          name: 'main',
          isSidecar: false,
          ...noLimits,
          cpuRequestMillicores: 100,
          memoryRequestBytes: 64 * 2 ** 20,
          memoryLimitBytes: 128 * 2 ** 20,
        },
        { name: 'bare', isSidecar: false, ...none, ...noLimits },
      ],
      qosClass: 'Burstable',
      schedule: null,
      timeZone: null,
      suspended: false,
    });
  });

  test('of a CronJob lies deeper, with schedule, zone and suspension', () => {
    const raw = {
      metadata,
      spec: {
        schedule: '*/5 * * * *',
        timeZone: 'Europe/Paris',
        suspend: true,
        jobTemplate: { spec: { template: { spec: { containers: [{ name: 'run' }] } } } },
      },
    };
    expect(readWorkload(raw, 'CronJob')?.template).toMatchObject({
      containers: [{ name: 'run' }],
      qosClass: 'BestEffort',
      schedule: '*/5 * * * *',
      timeZone: 'Europe/Paris',
      suspended: true,
    });
  });

  test('with requests of the whole pod takes its class from those', () => {
    const same = { cpu: '1', memory: '1Gi' };
    const template = { spec: { ...spec, resources: { requests: same, limits: same } } };
    expect(readWorkload({ metadata, spec: { template } }, 'StatefulSet')?.template?.qosClass).toBe('Guaranteed');
  });

  test('of what has an owner is not kept', () => {
    expect(readWorkload({ metadata: owned, spec: { template: { spec } } }, 'ReplicaSet')?.template).toBeNull();
  });

  test('of recorded workloads agrees with the class that their pods have', () => {
    const deployments = recordedItems('deployments').map((raw) => readWorkload(raw, 'Deployment'));
    const classOf = new Map(deployments.map((each) => [`${each?.namespace}/${each?.name}`, each?.template?.qosClass]));
    const pods = recordedPods().flatMap((raw) => readPodObject(raw, DEFAULT_OWNER_LABELS) ?? []);
    const compared = pods.flatMap((pod) => {
      const name = pod.owner?.name.replace(/-[a-z0-9]+$/, '') ?? '';
      const known = classOf.get(`${pod.namespace}/${name}`);
      return pod.owner?.kind !== 'ReplicaSet' || known === undefined ? [] : [[pod.name, pod.qosClass, known]];
    });
    expect(compared.length).toBeGreaterThan(40);
    expect(compared.filter(([, pod, template]) => pod !== template)).toEqual([]);
  });
});

describe('a PodDisruptionBudget', () => {
  const budget = (spec: object, status: object = { disruptionsAllowed: 1, expectedPods: 3 }) =>
    readBudget({ metadata, spec: { selector: cart, ...spec }, status });

  test('says how many pods may go now', () => {
    expect(budget({ maxUnavailable: 1 })).toEqual({
      kind: 'Budget',
      namespace: 'shop',
      name: 'x',
      selector: { matchLabels: { app: 'cart' }, requirements: [] },
      disruptionsAllowed: 1,
      neverAllows: false,
    });
    expect(budget({ minAvailable: 2 }, {})?.disruptionsAllowed).toBe(0);
  });

  test.each([
    [{ maxUnavailable: 0 }, true],
    [{ maxUnavailable: '0%' }, true],
    [{ maxUnavailable: '25%' }, false],
    [{ minAvailable: '100%' }, true],
    [{ minAvailable: '50%' }, false],
    [{ minAvailable: 3 }, true],
    [{ minAvailable: 2 }, false],
    [{}, false],
  ])('%o never lets one go: %s', (spec, expected) => {
    expect(budget(spec)?.neverAllows).toBe(expected);
  });

  test('without a selector guards nothing; an empty one guards all', () => {
    expect(readBudget({ metadata, spec: {} })).toBeNull();
    expect(readBudget({ metadata, spec: { selector: {} } })?.selector).toEqual({ matchLabels: {}, requirements: [] });
    expect(readBudget({ metadata: { name: 'x' } })).toBeNull();
  });
});

describe('autoscalers', () => {
  test('of the recording scale two Deployments by CPU', () => {
    const seen = recordedItems('horizontalpodautoscalers').map((raw) => readHorizontal(raw)?.autoscaler);
    const shared = { kind: 'horizontal', targetKind: 'Deployment', metrics: ['cpu'], mode: null };
    expect(seen).toEqual([
      { ...shared, namespace: 'catalog', targetName: 'products', minReplicas: 6, maxReplicas: 16 },
      { ...shared, namespace: 'checkout', targetName: 'cart-api', minReplicas: 4, maxReplicas: 10 },
    ]);
  });

  test('name only what is measured against requests, and have one replica at least', () => {
    const target = (type: string) => ({ type, averageUtilization: 50 });
    const metrics = [
      { type: 'ContainerResource', containerResource: { name: 'memory', target: target('Utilization') } },
      { type: 'Resource', resource: { name: 'cpu', target: target('AverageValue') } },
      { type: 'External', external: { metric: { name: 'queue' } } },
      { type: 'Resource', resource: { name: 'memory', target: target('Utilization') } },
    ];
    const spec = { scaleTargetRef: { kind: 'Deployment', name: 'cart' }, maxReplicas: 4, metrics };
    expect(readHorizontal({ metadata, spec })?.autoscaler).toMatchObject({ metrics: ['memory'], minReplicas: 1 });
    expect(readHorizontal({ metadata, spec: {} })).toBeNull();
  });

  test('of requests have a mode; Auto where none is said', () => {
    const spec = { targetRef: { kind: 'Deployment', name: 'cart' } };
    expect(readVertical({ metadata, spec })?.autoscaler).toEqual({
      namespace: 'shop',
      kind: 'vertical',
      targetKind: 'Deployment',
      targetName: 'cart',
      minReplicas: null,
      maxReplicas: null,
      metrics: [],
      mode: 'Auto',
    });
    const off = { ...spec, updatePolicy: { updateMode: 'Off' } };
    expect(readVertical({ metadata, spec: off })?.autoscaler.mode).toBe('Off');
    expect(readVertical({ metadata })).toBeNull();
  });
});
