import { describe, expect, it } from 'vitest';
import { instantSeconds } from '../../../../../src/collectors/kubernetes/inventory/instant.ts';
import { readNode } from '../../../../../src/collectors/kubernetes/inventory/node.ts';
import { indexOwners, ownedObject, topOwner } from '../../../../../src/collectors/kubernetes/inventory/owners.ts';
import { completePod, readPod } from '../../../../../src/collectors/kubernetes/inventory/pod.ts';
import { metadataSchema } from '../../../../../src/collectors/kubernetes/inventory/schemas.ts';
import { readService } from '../../../../../src/collectors/kubernetes/inventory/service.ts';
import { recording } from '../../../../fakes/kubernetes/recordings.ts';

const keys = { team: ['team'], costCenter: ['cost-center'] };
const meta = (value: Record<string, unknown>) =>
  metadataSchema.parse({ metadata: { namespace: 'shop', ...value } }).metadata;
const controlledBy = (kind: string, name: string) => ({ ownerReferences: [{ kind, name, controller: true }] });

describe('readNode', () => {
  it('reads a bare-metal node as the server sent it', () => {
    expect(readNode(recording('node-one-verbatim'))).toMatchObject({
      name: 'dm-rack1-u10',
      provider: 'onprem',
      providerId: null,
      cpuCapacityMillicores: 32_000,
      memoryCapacityBytes: 131_899_516 * 1024,
      architecture: 'amd64',
      os: 'linux',
      ready: true,
    });
  });

  it('bears with fields of another form, but not without a name', () => {
    const node = readNode({
      metadata: { name: 'n', labels: 7 },
      spec: 'x',
      status: { capacity: { cpu: 4 }, conditions: 'no' },
    });
    expect(node).toMatchObject({
      name: 'n',
      labels: {},
      cpuCapacityMillicores: 4000,
      cpuAllocatableMillicores: 4000,
      ready: false,
    });
    expect(readNode({ metadata: {} })).toBeNull();
    expect(readNode('node')).toBeNull();
  });

  it('is not ready where the condition is Unknown', () => {
    const status = { conditions: [{ type: 'Ready', status: 'Unknown' }] };
    expect(readNode({ metadata: { name: 'n' }, status })?.ready).toBe(false);
  });
});

describe('topOwner', () => {
  const index = indexOwners([
    ownedObject('ReplicaSet', meta({ name: 'cart-1', ...controlledBy('Deployment', 'cart') })),
    ownedObject('ReplicaSet', meta({ name: 'canary', ...controlledBy('Rollout', 'canary') })),
    ownedObject('ReplicaSet', meta({ name: 'alone' })),
    ownedObject('Job', meta({ name: 'nightly-1', ...controlledBy('CronJob', 'nightly') })),
  ]);
  const owner = (value: Record<string, unknown>, known = true) => topOwner(meta({ name: 'p', ...value }), index, known);

  it.each([
    ['ReplicaSet', 'cart-1', 'Deployment', 'cart'],
    ['ReplicaSet', 'canary', 'Rollout', 'canary'],
    ['ReplicaSet', 'alone', 'ReplicaSet', 'alone'],
    ['Job', 'nightly-1', 'CronJob', 'nightly'],
    ['Job', 'once', 'Job', 'once'],
    ['StatefulSet', 'db', 'StatefulSet', 'db'],
  ])('%s/%s → %s/%s', (kind, name, topKind, topName) => {
    expect(owner(controlledBy(kind, name))).toEqual({ kind: topKind, name: topName });
  });

  it('keeps namespaces apart', () => {
    expect(owner({ namespace: 'other', ...controlledBy('ReplicaSet', 'cart-1') })).toEqual({
      kind: 'ReplicaSet',
      name: 'cart-1',
    });
  });

  it('takes the controller among several owners, and none for a bare pod', () => {
    const ownerReferences = [
      { kind: 'ConfigMap', name: 'x' },
      { kind: 'DaemonSet', name: 'agent', controller: true },
    ];
    expect(owner({ ownerReferences })).toEqual({ kind: 'DaemonSet', name: 'agent' });
    expect(owner({})).toBeNull();
  });

  it('guesses the Deployment from the template hash only where ReplicaSets are unknown', () => {
    const pod = { labels: { 'pod-template-hash': '77' }, ...controlledBy('ReplicaSet', 'web-77') };
    expect(owner(pod, false)).toEqual({ kind: 'Deployment', name: 'web' });
    expect(owner(pod, true)).toEqual({ kind: 'ReplicaSet', name: 'web-77' });
  });
});

describe('readPod', () => {
  const raw = (status: Record<string, unknown>, labels = {}) => ({
    metadata: { name: 'p', namespace: 'shop', labels },
    spec: { containers: [], nodeName: 'n1' },
    status,
  });
  const read = (status: Record<string, unknown>) => readPod(raw(status), keys)?.description;
  const ended = (finishedAt: string) => ({ state: { terminated: { finishedAt } } });

  it('ends a finished pod with its last container', () => {
    const containerStatuses = [ended('2026-01-01T00:00:10Z'), ended('2026-01-01T00:00:40Z')];
    expect(read({ phase: 'Succeeded', containerStatuses })?.finishedAtSeconds).toBe(
      Date.parse('2026-01-01T00:00:40Z') / 1000,
    );
  });

  it('does not end a running pod whose container restarted', () => {
    const description = read({ phase: 'Running', containerStatuses: [ended('2026-01-01T00:00:10Z')] });
    expect(description).toMatchObject({ phase: 'Running', finishedAtSeconds: null });
  });

  it('calls an unheard-of phase Unknown', () => {
    expect(read({ phase: 'Dreaming' })?.phase).toBe('Unknown');
    expect(readPod({ metadata: { name: 'no-namespace' } }, keys)).toBeNull();
  });

  it("takes the pod's own team before its namespace's", () => {
    const own = readPod(raw({}, { team: 'a' }), keys);
    const none = readPod(raw({}), keys);
    const namespace = { team: 'b', costCenter: '1' };
    expect(completePod(own!, null, namespace)).toMatchObject({ team: 'a', costCenter: '1' });
    expect(completePod(none!, null, namespace).team).toBe('b');
    expect(completePod(none!, null, undefined)).toMatchObject({ team: null, costCenter: null });
  });
});

describe('small things', () => {
  it('reads instants, and none for what is none', () => {
    expect(instantSeconds('1970-01-01T00:01:00Z')).toBe(60);
    expect(instantSeconds('yesterday')).toBeNull();
    expect(instantSeconds(undefined)).toBeNull();
  });

  it('leaves UDP ports of a Service out', () => {
    const ports = [
      { port: 53, protocol: 'UDP' },
      { name: 'web', port: 80 },
    ];
    expect(readService({ metadata: { name: 's', namespace: 'n' }, spec: { ports } })?.ports).toEqual([
      { name: 'web', port: 80 },
    ]);
    expect(readService({ metadata: { name: 's' } })).toBeNull();
  });
});
