import { describe, expect, test } from 'vitest';
import { ContextDirectory } from '../../../../src/backend/clusters/context-directory.ts';
import { clusterRecord } from '../../../../src/backend/pipeline/cluster-record.ts';
import { FakeCluster } from '../../../fakes/backend/fake-cluster.ts';

const options = {
  prometheus: {
    url: null,
    auth: { kind: 'none' },
    certificateAuthority: null,
    extraMatchers: null,
    tenantHeader: null,
  },
  openCost: { url: null, isOff: false },
} as const;

describe('the directory of contexts', () => {
  test('joins its sources; a name that two have belongs to the first', async () => {
    const first = new FakeCluster('a');
    const second = new FakeCluster('a', 'other');
    const directory = new ContextDirectory([first, second, new FakeCluster('b')]);
    expect((await directory.list()).contexts.map((context) => context.name)).toEqual(['a', 'b']);
    expect((await directory.list()).files).toHaveLength(3);
    await directory.connect('a', options);
    expect([first.connections, second.connections]).toEqual([1, 0]);
  });

  test('refuses names that are not there, and contexts that are broken', async () => {
    const broken = new FakeCluster('broken');
    broken.problem = { message: 'No user', hint: null };
    const directory = new ContextDirectory([broken]);
    await expect(directory.describe('x')).rejects.toMatchObject({ code: 'not-found' });
    await expect(directory.connect('broken', options)).rejects.toMatchObject({
      code: 'bad-input',
      message: 'No user',
      hint: null,
    });
    expect((await directory.describe('broken')).problem).not.toBeNull();
  });

  test('watches all sources until it is told to stop', () => {
    const cluster = new FakeCluster();
    let calls = 0;
    const stop = new ContextDirectory([cluster]).watch(() => {
      calls += 1;
    });
    cluster.fileChanged();
    stop();
    cluster.fileChanged();
    expect(calls).toBe(1);
  });
});

describe('the record of a cluster', () => {
  const cluster = new FakeCluster();
  const learnt = {
    identity: cluster.identity,
    contextName: 'one',
    inventory: cluster.inventory(),
    currency: 'USD',
    nowSeconds: 100,
  };

  test('tells what runs there; finished pods are not counted', () => {
    const inventory = cluster.inventory();
    const pods = inventory.pods.map((pod, index) => (index === 0 ? { ...pod, phase: 'Succeeded' as const } : pod));
    const record = clusterRecord({ ...learnt, inventory: { ...inventory, pods }, before: null });
    expect(record).toMatchObject({
      nodeCount: 2,
      podCount: 2,
      provider: 'aws',
      region: 'eu-west-3',
      createdAtSeconds: 100,
      lastError: null,
    });
  });

  test('is mixed where nodes differ, and has no region then', () => {
    const inventory = cluster.inventory();
    const nodes = inventory.nodes.map((node, index) =>
      index === 0 ? { ...node, provider: 'gcp' as const, region: 'europe-west1' } : node,
    );
    const record = clusterRecord({ ...learnt, inventory: { ...inventory, nodes }, before: null });
    expect(record).toMatchObject({ provider: 'mixed', region: null });
  });

  test('keeps when collection began, and what this visit did not learn', () => {
    const before = clusterRecord({ ...learnt, before: null });
    const after = clusterRecord({ ...learnt, inventory: null, before, nowSeconds: 900 });
    expect(after).toEqual({ ...before, updatedAtSeconds: 900 });
  });
});
