import { describe, expect, it } from 'vitest';
import { readInventory } from '../../../../../src/collectors/kubernetes/inventory/read-inventory.ts';
import { podRequests } from '../../../../../src/collectors/kubernetes/inventory/requests.ts';
import { podSchema } from '../../../../../src/collectors/kubernetes/inventory/schemas.ts';
import {
  readClaim,
  readStorageClass,
  volumeDescriptions,
} from '../../../../../src/collectors/kubernetes/inventory/volumes.ts';
import { recordedItems, recordedPods, recording } from '../../../../fakes/kubernetes/recordings.ts';
import { fakeHttp, json } from '../api/fake-http.ts';

const keys = { team: ['team'], costCenter: ['cost-center'] };
const options = { ownerLabels: keys, nowSeconds: () => 7 };
const signal = new AbortController().signal;
const GIB = 2 ** 30;
const claim = (change: object, metadata: object = {}) => ({
  metadata: { name: 'data', namespace: 'shop', ...metadata },
  spec: { storageClassName: 'fast', resources: { requests: { storage: '10Gi' } } },
  status: { phase: 'Bound', capacity: { storage: '10Gi' } },
  ...change,
});

describe('a claim', () => {
  it('holds what it asked for, or more where the provider rounds up', () => {
    expect(readClaim(claim({}, { creationTimestamp: '2026-03-10T00:00:00Z', labels: { team: 'web' } }), keys)).toEqual({
      namespace: 'shop',
      claim: 'data',
      storageClass: 'fast',
      requestedBytes: 10 * GIB,
      team: 'web',
      createdAtSeconds: Date.UTC(2026, 2, 10) / 1000,
    });
    const rounded = claim({ status: { phase: 'Bound', capacity: { storage: '16Gi' } } });
    expect(readClaim(rounded, keys)).toMatchObject({ requestedBytes: 16 * GIB });
  });

  it('that is not bound holds nothing; what is none is null', () => {
    expect(readClaim(claim({ status: { phase: 'Pending' } }), keys)).toBe('unbound');
    expect(readClaim(claim({ status: null }), keys)).toBe('unbound');
    expect(readClaim(claim({}, { namespace: undefined }), keys)).toBeNull();
    expect(readClaim(5, keys)).toBeNull();
  });

  it('of an old cluster names its class in an annotation', () => {
    const annotations = { 'volume.beta.kubernetes.io/storage-class': 'slow' };
    const old = claim({ spec: { resources: { requests: { storage: '1Gi' } } } }, { annotations });
    expect(readClaim(old, keys)).toMatchObject({ storageClass: 'slow' });
  });
});

describe('a class', () => {
  it.each([
    [{ type: 'st1' }, 'st1'],
    [{ skuName: 'StandardSSD_LRS' }, 'StandardSSD_LRS'],
    [{ storageAccountType: 'Premium_LRS' }, 'Premium_LRS'],
    [{ fsType: 'ext4' }, null],
    [undefined, null],
  ])('with %j has the disk %s', (parameters, diskType) => {
    const raw = { metadata: { name: 'fast' }, provisioner: 'ebs.csi.aws.com', parameters };
    expect(readStorageClass(raw)).toEqual({ name: 'fast', provisioner: 'ebs.csi.aws.com', diskType });
  });

  it('without a name is none', () => {
    expect(readStorageClass({ provisioner: 'x' })).toBeNull();
  });
});

it('a volume has its class, the node of the pod that mounts it, and the team of its namespace', () => {
  const read = readClaim(claim({}), keys);
  const claims = read === null || read === 'unbound' ? [] : [read];
  const classes = [{ name: 'fast', provisioner: 'ebs.csi.aws.com', diskType: 'gp3' }];
  const pods = [
    { namespace: 'other', node: 'n9', claims: ['data'] },
    { namespace: 'shop', node: null, claims: ['data'] },
    { namespace: 'shop', node: 'n1', claims: ['tmp', 'data'] },
  ];
  const described = volumeDescriptions(claims, classes, pods, new Map([['shop', { team: 'web' }]]));
  expect(described).toMatchObject([{ provisioner: 'ebs.csi.aws.com', diskType: 'gp3', node: 'n1', team: 'web' }]);
  expect(volumeDescriptions(claims, [], [], new Map())).toMatchObject([
    { provisioner: null, diskType: null, node: null, team: null },
  ]);
});

describe('the inventory of the recorded cluster', () => {
  const lists: Readonly<Record<string, unknown[]>> = {
    '/api/v1/pods': recordedPods(),
    '/api/v1/persistentvolumeclaims': recordedItems('persistentvolumeclaims'),
    '/apis/storage.k8s.io/v1/storageclasses': recordedItems('storageclasses'),
  };

  it('has its volumes with class and node', async () => {
    const http = fakeHttp((_, url) => json({ items: lists[url.pathname] ?? [] }));
    const { volumes = [], notices } = await readInventory(http, options, signal);
    expect(notices).toEqual([]);
    expect(
      volumes.map(({ namespace, claim: name, requestedBytes }) => [namespace, name, requestedBytes / GIB]),
    ).toEqual([
      ['catalog', 'data-search-index-0', 100],
      ['catalog', 'data-search-index-1', 100],
      ['checkout', 'data-orders-db-0', 20],
      ['checkout', 'data-orders-db-1', 20],
      ['checkout', 'data-orders-db-2', 20],
      ['monitoring', 'data-prometheus-server-0', 50],
    ]);
    expect(new Set(volumes.map(({ provisioner }) => provisioner))).toEqual(
      new Set(['pd.csi.storage.gke.io', 'ebs.csi.aws.com']),
    );
    expect(volumes.filter(({ node }) => node !== null).length).toBeGreaterThan(3);
  });

  it('goes on without the right to list claims or classes, and says so', async () => {
    const denied = json(recording('status-403-pods'), 403);
    const without = (name: string) =>
      fakeHttp((_, url) => (url.pathname.endsWith(name) ? denied : json({ items: lists[url.pathname] ?? [] })));
    const noClaims = await readInventory(without('persistentvolumeclaims'), options, signal);
    expect(noClaims.volumes).toBeUndefined();
    expect(noClaims.notices).toMatchObject([
      { code: 'kubernetes-forbidden-persistentvolumeclaims', severity: 'info', hint: expect.stringMatching(/"list"/) },
    ]);
    const noClasses = await readInventory(without('storageclasses'), options, signal);
    expect(noClasses.volumes).toHaveLength(6);
    expect(noClasses.volumes?.every(({ provisioner }) => provisioner === null)).toBe(true);
  });
});

it('a pod asks for whole cards, of whatever maker; most ask for none', () => {
  const spec = (requests: object) =>
    podSchema.parse({ metadata: { name: 'p' }, spec: { containers: [{ resources: { requests } }] } }).spec!;
  expect(podRequests(spec({ cpu: '1', 'nvidia.com/gpu': '2' }))).toEqual({
    cpuMillicores: 1000,
    memoryBytes: 0,
    gpus: 2,
  });
  expect(podRequests(spec({ 'amd.com/gpu': 1 }))).toMatchObject({ gpus: 1 });
  expect(podRequests(spec({ memory: '1Ki' }))).toEqual({ cpuMillicores: 0, memoryBytes: 1024 });
});
